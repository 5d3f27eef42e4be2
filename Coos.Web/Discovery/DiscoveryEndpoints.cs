using Coos.Server.Benchmarks;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Discovery;

/// <summary>What search engines, feed readers and READMEs fetch.</summary>
internal static class DiscoveryEndpoints
{
    private const string BadgeColor = "#174ea6";
    private const string NoScoreColor = "#6b6b6b";
    private const string XmlType = "application/xml; charset=utf-8";

    /// <summary>Adds the services.</summary>
    public static IServiceCollection AddCoosDiscovery(this IServiceCollection services)
    {
        services.AddScoped<SiteMap>();
        services.AddScoped<ResultFeed>();
        return services;
    }

    public static void MapDiscovery(this WebApplication app)
    {
        app.MapGet("/robots.txt", Robots).ExcludeFromDescription();
        app.MapGet(SiteMapFile.Path, GetSiteMap).WithEntityTags().ExcludeFromDescription();
        app.MapGet("/sitemap-{part:int}.xml", GetSiteMapPart).WithEntityTags().ExcludeFromDescription();
        app.MapGet("/benchmarks/{slug}/feed.atom", GetFeed).CacheOutput(ResultsCachePolicy.Name).WithEntityTags().ExcludeFromDescription();
        app.MapGet("/submissions/{id:guid}/badge.svg", GetBadge).WithEntityTags().ExcludeFromDescription();
    }

    /// <summary>Forms and single confusion matrices are no landing pages; sorted views repeat the leaderboard.</summary>
    private static ContentHttpResult Robots(HttpRequest request) =>
        TypedResults.Text(
            $"""
            User-agent: *
            Disallow: /api/
            Disallow: /account
            Disallow: /organise
            Disallow: /compare
            Disallow: /*?sort=
            Disallow: /*&sort=

            Sitemap: {request.AbsoluteAddress(SiteMapFile.Path)}

            """,
            "text/plain; charset=utf-8"
        );

    private static async Task<ContentHttpResult> GetSiteMap(HttpRequest request, SiteMap map, CancellationToken cancellation) =>
        TypedResults.Text(SiteMapFile.Whole(await map.PagesAsync(cancellation), request.AbsoluteAddress), XmlType);

    private static async Task<Results<ContentHttpResult, NotFound>> GetSiteMapPart(
        int part,
        HttpRequest request,
        SiteMap map,
        CancellationToken cancellation
    ) =>
        SiteMapFile.Part(await map.PagesAsync(cancellation), part, request.AbsoluteAddress) is { } text
            ? TypedResults.Text(text, XmlType)
            : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetFeed(
        string slug,
        HttpRequest request,
        BenchmarkCatalog catalog,
        ResultFeed feed,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Text(await feed.WriteAsync(folder.Benchmark, request, cancellation), "application/atom+xml; charset=utf-8")
            : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetBadge(
        Guid id,
        SubmissionReader reader,
        BenchmarkCatalog catalog,
        HttpResponse response,
        CancellationToken cancellation
    )
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission || !catalog.TryGet(submission.Benchmark, out var folder))
        {
            return TypedResults.NotFound();
        }

        // READMEs are shown through proxies, which keep pictures as long as they are told.
        // What only its owner sees is kept by nobody.
        response.Headers.CacheControl = submission is { Visibility: SubmissionVisibility.Public, Hidden: null }
            ? "public, max-age=300"
            : "no-store";
        var value = Describe(submission, folder.Benchmark);
        return TypedResults.Text(
            Badge.Draw(folder.Benchmark.Name, value ?? "not scored", value is null ? NoScoreColor : BadgeColor),
            "image/svg+xml; charset=utf-8"
        );
    }

    /// <summary>"5.8% error on Test3, Test4": the mean that ranks, or else the error of the splits that were predicted.</summary>
    private static string? Describe(SubmissionDocument submission, Benchmark benchmark)
    {
        var scores = (submission.Evaluation?.Splits ?? []).ToDictionary(s => s.Split, s => s.BalancedError);
        var ranked = benchmark.Ranking.Splits.All(scores.ContainsKey) ? benchmark.Ranking.Splits : [.. scores.Keys];
        var titles = string.Join(", ", ranked.Select(s => benchmark.FindSplit(s)?.Title ?? s));
        return ranked.Count == 0 ? null : $"{Percent.Of(ranked.Average(s => scores[s]))}% error on {titles}";
    }
}
