using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboard;

/// <summary>What is cached of a benchmark's results, and when it stops being true.</summary>
internal sealed class LeaderboardCache(IOutputCacheStore store)
{
    /// <summary>The tag of everything that shows a benchmark's results.</summary>
    public static string Tag(string benchmark) => $"results:{benchmark}";

    /// <summary>Throws away what is cached of a benchmark's results.</summary>
    public ValueTask EvictAsync(string benchmark, CancellationToken cancellation) => store.EvictByTagAsync(Tag(benchmark), cancellation);
}
