using System.Collections.Concurrent;
using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>
/// Tests the entries of boards against each other, one board at a time and away from requests: a request waits for a
/// moment, which is enough for most boards, and is told otherwise that the intervals are being computed.
/// </summary>
internal sealed partial class RankTester(
    EvidenceReader evidence,
    ResultVersions results,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<RankTester> logger
)
{
    /// <summary>How long whoever asks first waits: longer for a board whose tests take milliseconds anyhow.</summary>
    private static readonly TimeSpan LargeBoardTimeout = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SmallBoardTimeout = TimeSpan.FromSeconds(1);
    private const int SmallBoard = 60;

    /// <summary>Tests that failed, for the database was away perhaps, are tried again after this.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Bench> _benches = new();

    /// <summary>What the tests of a contest say.</summary>
    /// <returns>Null while they are being computed; what shows the board is evicted when they are done.</returns>
    public async Task<RankTestOutcome?> TestAsync(Benchmark benchmark, RankTestInput contest, CancellationToken cancellation)
    {
        var bench = _benches.GetOrAdd(benchmark.Slug, _ => new Bench());
        Task work;
        lock (bench)
        {
            if (bench.Outcome is { } known && known.RankTestInput.IsSame(contest) && !IsStale(bench))
            {
                return known;
            }

            bench.Wanted = contest;
            bench.Work = work = bench.Work is { IsCompleted: false } running
                ? running
                : Task.Run(() => WorkAsync(benchmark, bench, lifetime.ApplicationStopping), CancellationToken.None);
        }

        await Task.WhenAny(
            work,
            Task.Delay(contest.Entries.Count <= SmallBoard ? SmallBoardTimeout : LargeBoardTimeout, clock, cancellation)
        );
        lock (bench)
        {
            if (bench.Outcome is { } outcome && outcome.RankTestInput.IsSame(contest))
            {
                return outcome;
            }

            bench.IsAwaited = true;
            return null;
        }
    }

    private bool IsStale(Bench bench) => bench.Outcome!.Intervals is null && clock.GetElapsedTime(bench.FailedAt) > RetryAfter;

    private async Task WorkAsync(Benchmark benchmark, Bench bench, CancellationToken cancellation)
    {
        while (true)
        {
            RankTestInput contest;
            lock (bench)
            {
                contest = bench.Wanted!;
            }

            var outcome = await ComputeAsync(benchmark, bench, contest, cancellation);
            var isAwaited = false;
            lock (bench)
            {
                bench.Outcome = outcome;
                if (bench.Wanted != contest)
                {
                    continue;
                }

                (isAwaited, bench.IsAwaited) = (bench.IsAwaited, false);
                bench.Work = null;
            }

            if (isAwaited)
            {
                await results.InvalidateAsync(benchmark.Slug, CancellationToken.None);
            }

            return;
        }
    }

    private async Task<RankTestOutcome> ComputeAsync(
        Benchmark benchmark,
        Bench bench,
        RankTestInput contest,
        CancellationToken cancellation
    )
    {
        try
        {
            if (bench.Table is null || !bench.Labels.SequenceEqual(contest.Labels))
            {
                bench.Table = PairTable.Empty(await evidence.ReadLayoutAsync(benchmark, contest.Labels, cancellation));
                bench.Labels = contest.Labels;
            }

            Guid[] ids = [.. contest.Entries.Select(e => e.Id)];
            Guid[] added = [.. ids.Where(id => !bench.Table.Has(id))];
            bench.Table = bench.Table.Extend(
                ids,
                await evidence.ReadAsync(benchmark, bench.Table.Layout, added, cancellation),
                cancellation
            );
            return RankTestOutcome.Of(contest, bench.Table, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.TestsFailed(logger, e, benchmark.Slug);
            bench.FailedAt = clock.GetTimestamp();
            return new RankTestOutcome(contest, null, "", 0);
        }
    }

    /// <summary>What is kept of one board. Its table is touched by its one worker only.</summary>
    private sealed class Bench
    {
        public RankTestInput? Wanted { get; set; }

        public Task? Work { get; set; }

        /// <summary>Whether somebody was told that the intervals are being computed.</summary>
        public bool IsAwaited { get; set; }

        public RankTestOutcome? Outcome { get; set; }

        public long FailedAt { get; set; }

        public IReadOnlyList<Guid> Labels { get; set; } = [];

        public PairTable? Table { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Error, "The rank intervals of {Benchmark} could not be computed")]
        public static partial void TestsFailed(ILogger logger, Exception exception, string benchmark);
    }
}
