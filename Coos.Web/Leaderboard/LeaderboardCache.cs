using System.Collections.Concurrent;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboard;

/// <summary>What is cached of a benchmark's results, and when it stops being true.</summary>
internal sealed class LeaderboardCache(IOutputCacheStore store)
{
    private readonly ConcurrentDictionary<string, long> _versions = new();

    /// <summary>The tag of everything that shows a benchmark's results.</summary>
    public static string Tag(string benchmark) => $"results:{benchmark}";

    /// <summary>A number that rises whenever this process knows of other results.</summary>
    public long VersionOf(string benchmark) => _versions.GetValueOrDefault(benchmark);

    /// <summary>Throws away what is cached of a benchmark's results.</summary>
    public ValueTask EvictAsync(string benchmark, CancellationToken cancellation)
    {
        // First the board, then the pages that would otherwise be made of the old one again.
        _versions.AddOrUpdate(benchmark, 1, (_, version) => version + 1);
        return store.EvictByTagAsync(Tag(benchmark), cancellation);
    }
}
