using System.Collections.Concurrent;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>
/// Caches boards in memory. A board is built on the first request and rebuilt when its results change; all other requests
/// are answered from memory, so a page of a board with 10,000 entries costs as much as one with ten.
/// </summary>
internal sealed class BoardStore(LeaderboardReader reader, RankTester tester, ResultVersions results, TimeProvider clock) : IDisposable
{
    /// <summary>The age from which a board is rebuilt in the background, because another process may have scored submissions.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>The age from which a request waits for the rebuilt board.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, CacheSlot> _slots = new();

    /// <summary>Gets the current board of a benchmark.</summary>
    public async ValueTask<Board> GetAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(benchmark.Slug, _ => new CacheSlot());
        if (
            slot.Current is not { } current
            || current.Version != results.GetVersion(benchmark.Slug)
            || clock.GetElapsedTime(current.BuiltAt) > Stale
        )
        {
            return await BuildAsync(benchmark, slot, isForced: false, cancellation);
        }

        if (clock.GetElapsedTime(current.BuiltAt) > Fresh && Interlocked.Exchange(ref slot.IsRefreshing, 1) == 0)
        {
            _ = RefreshAsync(benchmark, slot);
        }

        return current.Board;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in _slots.Values)
        {
            slot.Gate.Dispose();
        }
    }

    private async Task RefreshAsync(Benchmark benchmark, CacheSlot slot)
    {
        try
        {
            // Do not use the thread of the request that found the board outdated.
            await Task.Run(() => BuildAsync(benchmark, slot, isForced: true, CancellationToken.None).AsTask());
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ObjectDisposedException or OperationCanceledException)
        {
            // The database is unreachable or the server is stopping. The next request finds the board stale and gets the error.
        }
        finally
        {
            Interlocked.Exchange(ref slot.IsRefreshing, 0);
        }
    }

    /// <summary>Builds the board in one caller; concurrent callers wait and get the same board.</summary>
    private async ValueTask<Board> BuildAsync(Benchmark benchmark, CacheSlot slot, bool isForced, CancellationToken cancellation)
    {
        await slot.Gate.WaitAsync(cancellation);
        try
        {
            var version = results.GetVersion(benchmark.Slug);
            if (!isForced && slot.Current is { } current && current.Version == version && clock.GetElapsedTime(current.BuiltAt) <= Stale)
            {
                return current.Board;
            }

            var builtAt = clock.GetTimestamp();
            var board = await BuildAsync(benchmark, cancellation);
            slot.Current = new Snapshot(board, version, builtAt);
            return board;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private async Task<Board> BuildAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var (entries, counts) = await reader.ReadEntriesAsync(benchmark, cancellation);
        var ranked = Ranker.Rank(entries, benchmark);
        if (benchmark.Disclosure.IsGuarded)
        {
            var published = RankTestInput.CreateFromIntervals(ranked);
            return Board.Create(
                benchmark,
                ranked,
                counts,
                published,
                RankTestOutcome.FromIntervals(published, ranked.ToDictionary(r => r.Entry.Id))
            );
        }

        var input = RankTestInput.Create(ranked, benchmark.Ranking.Splits) with { Part = benchmark.ScoredPart };
        var outcome = input.Entries.Count < 2 ? null : await tester.TestAsync(benchmark, input, cancellation);
        return Board.Create(benchmark, ranked, counts, input, outcome);
    }

    private sealed record Snapshot(Board Board, long Version, long BuiltAt);

    private sealed class CacheSlot
    {
        public int IsRefreshing;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile Snapshot? Current;
    }
}
