using System.Collections.Concurrent;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>
/// The boards in memory. A board is built when it is first asked for and again when its results change; every request in
/// between is answered from memory, so that a page of a board of 10,000 entries costs as much as one of ten.
/// </summary>
internal sealed class BoardStore(LeaderboardReader reader, RankTester tester, ResultVersions results, TimeProvider clock) : IDisposable
{
    /// <summary>Another process may have scored something: from this age on a board is built anew behind the reader's back...</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>... and from this age on the reader waits for it.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Place> _places = new();

    /// <summary>The board of a benchmark.</summary>
    public async ValueTask<Board> GetAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var place = _places.GetOrAdd(benchmark.Slug, _ => new Place());
        if (
            place.Current is not { } current
            || current.Version != results.GetVersion(benchmark.Slug)
            || clock.GetElapsedTime(current.BuiltAt) > Stale
        )
        {
            return await BuildAsync(benchmark, place, isForced: false, cancellation);
        }

        if (clock.GetElapsedTime(current.BuiltAt) > Fresh && Interlocked.Exchange(ref place.IsRefreshing, 1) == 0)
        {
            _ = RefreshAsync(benchmark, place);
        }

        return current.Board;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var place in _places.Values)
        {
            place.Gate.Dispose();
        }
    }

    private async Task RefreshAsync(Benchmark benchmark, Place place)
    {
        try
        {
            // Not on the thread of the request that noticed.
            await Task.Run(() => BuildAsync(benchmark, place, isForced: true, CancellationToken.None).AsTask());
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ObjectDisposedException or OperationCanceledException)
        {
            // The database is away or the server stops; the next reader finds the board stale and meets the reason itself.
        }
        finally
        {
            Interlocked.Exchange(ref place.IsRefreshing, 0);
        }
    }

    /// <summary>One builds, the others wait for it and take what it built.</summary>
    private async ValueTask<Board> BuildAsync(Benchmark benchmark, Place place, bool isForced, CancellationToken cancellation)
    {
        await place.Gate.WaitAsync(cancellation);
        try
        {
            var version = results.GetVersion(benchmark.Slug);
            if (!isForced && place.Current is { } current && current.Version == version && clock.GetElapsedTime(current.BuiltAt) <= Stale)
            {
                return current.Board;
            }

            var builtAt = clock.GetTimestamp();
            var board = await BuildAsync(benchmark, cancellation);
            place.Current = new Snapshot(board, version, builtAt);
            return board;
        }
        finally
        {
            place.Gate.Release();
        }
    }

    private async Task<Board> BuildAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var (entries, counts) = await reader.ReadEntriesAsync(benchmark, cancellation);
        var ranked = Ranker.Rank(entries, benchmark);
        var contest = RankTestInput.Of(ranked, benchmark.Ranking.Splits);
        var outcome = contest.Entries.Count < 2 ? null : await tester.TestAsync(benchmark, contest, cancellation);
        return Board.Of(benchmark, ranked, counts, contest, outcome);
    }

    private sealed record Snapshot(Board Board, long Version, long BuiltAt);

    private sealed class Place
    {
        public int IsRefreshing;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile Snapshot? Current;
    }
}
