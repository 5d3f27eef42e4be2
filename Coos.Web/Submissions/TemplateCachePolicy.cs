using Coos.Server.Benchmarks;
using Coos.Web.Leaderboards;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Submissions;

/// <summary>
/// Caches prediction templates, which are the same for everyone. The key contains the hashes of the image ids, so new images give
/// a new template at once.
/// </summary>
internal sealed class TemplateCachePolicy(BenchmarkCatalog catalog, LabelStore labels) : IOutputCachePolicy
{
    /// <summary>The policy's name.</summary>
    public const string Name = "templates";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = true;
        context.AllowCacheStorage = !ResultsCachePolicy.IsPersonal(context.HttpContext);
        context.AllowLocking = true;
        var rules = context.CacheVaryByRules;
        rules.QueryKeys = "probabilities";
        rules.HeaderNames = "Accept-Encoding";
        rules.VaryByHost = false;
        rules.VaryByValues["images"] = DescribeImages(
            context.HttpContext.GetRouteValue("slug") as string ?? "",
            context.HttpContext.GetRouteValue("split") as string
        );
        context.ResponseExpirationTimeSpan = Lifetime;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0)
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The image ids of a split, or of all splits if it is null; empty for wrong names. The path in the key ignores case, but the
    /// names of benchmarks and splits do not.
    /// </summary>
    private string DescribeImages(string slug, string? split) =>
        catalog.TryGet(slug, out var folder)
            ? string.Join(
                ' ',
                folder.Benchmark.Splits.Select(s => s.Name).Where(s => split is null || s == split).Select(s => Describe(slug, s))
            )
            : "";

    private string Describe(string slug, string split) =>
        labels.TryGet(slug, split, out var active) ? Convert.ToHexStringLower(active.Labels.Images.ContentHash) : "-";
}
