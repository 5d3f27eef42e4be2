using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Reads boards as organisers may see them: with the scores that are withheld from everyone else.</summary>
internal sealed class OrganiserBoard(LeaderboardReader entries)
{
    /// <summary>The benchmark as if it withheld nothing.</summary>
    public static Benchmark Complete(Benchmark benchmark) => benchmark with { Disclosure = Disclosure.Open, Ladder = null };

    /// <summary>Reads the ranked entries of a benchmark, best first.</summary>
    public async Task<IReadOnlyList<RankedEntry>> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var complete = Complete(benchmark);
        var (all, _) = await entries.ReadEntriesAsync(complete, cancellation);
        return Ranker.Rank(all, complete);
    }
}
