using Coos.Server.Benchmarks;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>Evicts pages and API responses from ASP.NET Core's output cache by the tag of their benchmark.</summary>
internal sealed class OutputCachePages(IOutputCacheStore store) : IPageCache
{
    /// <summary>The tag of all responses that show a benchmark's results.</summary>
    public static string TagFor(string benchmark) => $"results:{benchmark}";

    /// <inheritdoc/>
    public ValueTask EvictAsync(string benchmark, CancellationToken cancellation) => store.EvictByTagAsync(TagFor(benchmark), cancellation);
}
