using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>
/// Caches responses that show a benchmark's results until the results change. The tag comes from the slug of the route;
/// the front page shows the first benchmark. Requests with a sign-in cookie or a token bypass the cache.
/// </summary>
internal sealed class ResultsCachePolicy(BenchmarkCatalog catalog) : IOutputCachePolicy
{
    /// <summary>The policy's name.</summary>
    public const string Name = "results";

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var slug = context.HttpContext.GetRouteValue("slug") as string ?? catalog.All[0].Benchmark.Slug;
        var isRead = HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method);
        isRead &= !IsPersonal(context.HttpContext);
        context.EnableOutputCaching = isRead;
        context.AllowCacheLookup = isRead;
        context.AllowCacheStorage = isRead;
        context.AllowLocking = true;
        context.CacheVaryByRules.QueryKeys = new([.. LeaderboardQuery.ParameterNames]);

        // The cached response is compressed, so it depends on the encodings that the client accepts.
        context.CacheVaryByRules.HeaderNames = "Accept-Encoding";
        context.Tags.Add(OutputCachePages.TagFor(slug));

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
    private static bool IsPersonal(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
        || context.User.Identity?.IsAuthenticated == true
        || context.Request.Cookies.ContainsKey(Accounts.AccountServices.CookieName);
}
