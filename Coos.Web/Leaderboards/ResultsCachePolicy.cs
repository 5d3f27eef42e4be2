using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Microsoft.AspNetCore.OutputCaching;

namespace Coos.Web.Leaderboards;

/// <summary>
/// Caches what shows a benchmark's results, for everybody alike, until the results change. The tag is the slug of the
/// route; the front page shows the first benchmark. Whoever sends a cookie or a token gets a page of their own, which is
/// neither kept nor taken from what is kept.
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

        // As packed as the reader can unpack it.
        context.CacheVaryByRules.HeaderNames = "Accept-Encoding";
        context.Tags.Add(OutputCachePages.TagFor(slug));

        // Another process may score too and cannot evict here; a board is never older than this.
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

    /// <summary>Whether the page might name its reader. Asks the request and not the sign-in: a cookie that no longer counts is no reason to risk it.</summary>
    private static bool IsPersonal(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
        || context.User.Identity?.IsAuthenticated == true
        || context.Request.Cookies.ContainsKey(Accounts.AccountServices.CookieName);
}
