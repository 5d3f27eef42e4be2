using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Mixes;
using Coos.Web.Mixes;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>
/// Caches responses that show results until the results change. Requests with a sign-in cookie or a token bypass the cache.
/// </summary>
/// <param name="parameters">The query parameters that the response depends on.</param>
/// <param name="benchmarksOf">The slugs of the benchmarks whose results the response may show.</param>
internal sealed class ResultsCachePolicy(string[] parameters, Func<HttpContext, IEnumerable<string>> benchmarksOf) : IOutputCachePolicy
{
    /// <summary>The name of the policy for pages and documents of a benchmark.</summary>
    public const string Name = "results";

    /// <summary>The name of the policy for comparisons.</summary>
    public const string ComparisonsName = "comparisons";

    /// <summary>The name of the policy for pages and documents of a benchmark that depend on a split.</summary>
    public const string SplitName = "split-results";

    /// <summary>The name of the policy for the errors of a board by well.</summary>
    public const string PlatesName = "plates";

    /// <summary>The policy of the errors of a board by well, which depend on a class and a plate.</summary>
    public static ResultsCachePolicy ForPlates(BenchmarkCatalog catalog) =>
        new(["true", "plate"], context => FindBenchmarks(context, catalog));

    /// <summary>The policy of a benchmark's responses that depend on a split.</summary>
    public static ResultsCachePolicy ForSplit(BenchmarkCatalog catalog) => new(["split"], context => FindBenchmarks(context, catalog));

    /// <summary>The policy of a benchmark's responses, and of the pages that show all benchmarks.</summary>
    public static ResultsCachePolicy ForBenchmark(BenchmarkCatalog catalog) =>
        new(
            [.. LeaderboardQuery.ParameterNames, .. MixQuery.ParameterNames, MixForm.MarkName],
            context => FindBenchmarks(context, catalog)
        );

    /// <summary>The policy of comparisons. Their route does not name the benchmark, so a change of any one evicts them.</summary>
    public static ResultsCachePolicy ForComparisons(BenchmarkCatalog catalog) =>
        new(["a", "b", "split", "benchmark", "q"], _ => catalog.All.Select(f => f.Benchmark.Slug));

    /// <summary>The benchmark in the route. A route without one shows all, or the one of the front page.</summary>
    private static IEnumerable<string> FindBenchmarks(HttpContext context, BenchmarkCatalog catalog) =>
        context.GetRouteValue("slug") is string slug ? [slug] : catalog.All.Select(f => f.Benchmark.Slug);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var isRead = HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method);
        isRead &= !IsPersonal(context.HttpContext);
        context.EnableOutputCaching = isRead;
        context.AllowCacheLookup = isRead;
        context.AllowCacheStorage = isRead;
        context.AllowLocking = true;
        context.CacheVaryByRules.QueryKeys = new(parameters);

        // The cached response is compressed, so it depends on the encodings that the client accepts.
        context.CacheVaryByRules.HeaderNames = "Accept-Encoding";
        foreach (var slug in benchmarksOf(context.HttpContext))
        {
            context.Tags.Add(OutputCachePages.TagFor(slug));
        }

        // Another process that scores cannot evict pages here, so this limits the age of a cached board.
        context.ResponseExpirationTimeSpan = TimeSpan.FromSeconds(5);
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

    /// <summary>Whether the response might be personal. A cookie or a header is enough, even if it is no longer valid.</summary>
    public static bool IsPersonal(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
        || context.User.Identity?.IsAuthenticated == true
        || context.Request.Cookies.ContainsKey(Accounts.AccountServices.CookieName);
}
