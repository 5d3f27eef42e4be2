using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Discovery;

/// <summary>Endpoints for search engines, feed readers and READMEs: robots.txt, site maps, feeds and badges.</summary>
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
        app.MapGet("/submissions/{id:guid}/badge.svg", GetBadge)
            .WithSecurityHeadersPolicy(SecurityHeaders.EmbeddablePolicy)
            .WithEntityTags()
            .ExcludeFromDescription();
    }

    /// <summary>Keeps crawlers from the API, forms and comparisons, and from sorted views, which repeat the leaderboard.</summary>
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
        TypedResults.Text(SiteMapFile.WriteRoot(await map.PagesAsync(cancellation), request.AbsoluteAddress), XmlType);

    private static async Task<Results<ContentHttpResult, NotFound>> GetSiteMapPart(
        int part,
        HttpRequest request,
        SiteMap map,
        CancellationToken cancellation
    ) =>
        SiteMapFile.WritePart(await map.PagesAsync(cancellation), part, request.AbsoluteAddress) is { } text
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

        // READMEs are shown through proxies, which cache images for as long as this header says.
        // The badge of a private or hidden submission must not be cached.
        response.Headers.CacheControl = submission is { Visibility: SubmissionVisibility.Public, Hidden: null }
            ? "public, max-age=300"
            : "no-store";
        var value = Describe(submission, folder.Benchmark);
        return TypedResults.Text(
            Badge.Draw(folder.Benchmark.Name, value ?? "not scored", value is null ? NoScoreColor : BadgeColor),
            "image/svg+xml; charset=utf-8"
        );
    }

    /// <summary>"5.8% error on Test3 and Test4": the mean over the ranking splits, or over all scored splits if one is missing.</summary>
    private static string? Describe(SubmissionDocument submission, Benchmark benchmark)
    {
        var metric = benchmark.Ranking.Info;
        var name = metric.Id == MetricId.BalancedError ? "error" : metric.Title;
        if (submission.Evaluation?.Mean is { } mean)
        {
            return $"{metric.Write(mean.Loss.Error)}{metric.Unit} {name} on {BoardSummary.Titles(benchmark)}";
        }

        var scores = (submission.Evaluation?.Splits ?? [])
            .Select(s => (s.Split, Loss: s.FindLoss()?.Error))
            .Where(s => s.Loss is not null)
            .ToDictionary(s => s.Split, s => s.Loss!.Value);
        var isRanked = benchmark.Ranking.Splits.All(scores.ContainsKey);
        IEnumerable<string> names = isRanked ? benchmark.Ranking.Splits : scores.Keys;
        Split[] shown = [.. benchmark.Splits.Where(s => names.Contains(s.Name))];
        var titles = isRanked ? BoardSummary.Titles(benchmark) : BoardSummary.Titles(shown);
        var loss = isRanked ? RankingScore.Compute(benchmark, s => scores[s]) : shown.Select(s => (double?)scores[s.Name]).Average();
        return loss is null ? null : $"{metric.Write(loss.Value)}{metric.Unit} {name} on {titles}";
    }
}
