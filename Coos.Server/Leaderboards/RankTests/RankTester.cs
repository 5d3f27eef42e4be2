using System.Collections.Concurrent;
using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>
/// Tests the entries of each board against each other, in the background. A request waits briefly, which is enough for most
/// boards; otherwise the response says that the intervals are being computed.
/// </summary>
internal sealed partial class RankTester(
    EvidenceReader evidence,
    ResultVersions results,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<RankTester> logger
)
{
    /// <summary>
    /// How long a request waits for the tests of a large board. For a small board, whose tests take milliseconds, it may
    /// wait longer.
    /// </summary>
    private static readonly TimeSpan LargeBoardTimeout = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SmallBoardTimeout = TimeSpan.FromSeconds(1);
    private const int SmallBoard = 60;

    /// <summary>The delay before failed tests are retried, for example after the database was unreachable.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, BoardState> _states = new();

    /// <summary>Gets the result of the paired tests of a board.</summary>
    /// <returns>The result; null while it is being computed. Cached results of the board are invalidated when it is ready.</returns>
    public async Task<RankTestOutcome?> TestAsync(Benchmark benchmark, RankTestInput input, CancellationToken cancellation)
    {
        var state = _states.GetOrAdd(benchmark.Slug, _ => new BoardState());
        Task work;
        lock (state)
        {
            if (state.Outcome is { } known && known.Input.HasSameEntries(input) && !IsStale(state))
            {
                return known;
            }

            state.Requested = input;
            state.Work = work = state.Work is { IsCompleted: false } running
                ? running
                : Task.Run(() => RunAsync(benchmark, state, lifetime.ApplicationStopping), CancellationToken.None);
        }

        await Task.WhenAny(
            work,
            Task.Delay(input.Entries.Count <= SmallBoard ? SmallBoardTimeout : LargeBoardTimeout, clock, cancellation)
        );
        lock (state)
        {
            if (state.Outcome is { } outcome && outcome.Input.HasSameEntries(input) && !IsStale(state))
            {
                return outcome;
            }

            state.IsAwaited = true;
            return null;
        }
    }

    private bool IsStale(BoardState state) => state.Outcome!.Intervals is null && clock.GetElapsedTime(state.FailedAt) > RetryAfter;

    private async Task RunAsync(Benchmark benchmark, BoardState state, CancellationToken cancellation)
    {
        while (true)
        {
            RankTestInput input;
            lock (state)
            {
                input = state.Requested!;
            }

            var outcome = await ComputeAsync(benchmark, state, input, cancellation);
            var isAwaited = false;
            lock (state)
            {
                state.Outcome = outcome;
                if (state.Requested != input)
                {
                    continue;
                }

                (isAwaited, state.IsAwaited) = (state.IsAwaited, false);
                state.Work = null;
            }

            if (isAwaited)
            {
                await results.InvalidateAsync(benchmark.Slug);
            }

            return;
        }
    }

    private async Task<RankTestOutcome> ComputeAsync(
        Benchmark benchmark,
        BoardState state,
        RankTestInput input,
        CancellationToken cancellation
    )
    {
        try
        {
            if (state.Table is null || state.Tested?.HasSameLabels(input) != true)
            {
                state.Table = PairTable.Empty(await evidence.ReadLayoutAsync(benchmark, input.Labels, input.Part, cancellation));
                state.Tested = input;
            }

            Guid[] ids = [.. input.Entries.Select(e => e.Id)];
            Guid[] added = [.. ids.Where(id => !state.Table.Has(id))];
            state.Table = state.Table.Extend(
                ids,
                await evidence.ReadAsync(benchmark, state.Table.Layout, added, cancellation),
                cancellation
            );
            return RankTestOutcome.Compute(input, state.Table, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.TestsFailed(logger, e, benchmark.Slug);
            state.FailedAt = clock.GetTimestamp();
            return new RankTestOutcome(input, null, "", 0);
        }
    }

    /// <summary>The state of one board. Only its single worker uses the table.</summary>
    private sealed class BoardState
    {
        public RankTestInput? Requested { get; set; }

        public Task? Work { get; set; }

        /// <summary>Whether a response said that the intervals are being computed.</summary>
        public bool IsAwaited { get; set; }

        public RankTestOutcome? Outcome { get; set; }

        public long FailedAt { get; set; }

        /// <summary>The input whose labels the table was made with.</summary>
        public RankTestInput? Tested { get; set; }

        public PairTable? Table { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Error, "The rank intervals of {Benchmark} could not be computed")]
        public static partial void TestsFailed(ILogger logger, Exception exception, string benchmark);
    }
}
