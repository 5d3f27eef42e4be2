using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Previews;

/// <summary>Serves the preview images of links to leaderboards and entries.</summary>
internal static class PreviewEndpoints
{
    /// <summary>The path of a leaderboard's preview image.</summary>
    public static string PathOf(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/preview.png";

    /// <summary>The path of an entry's preview image.</summary>
    public static string PathOf(Guid id) => $"/submissions/{id}/preview.png";

    public static void AddCoosPreviews(this IServiceCollection services) => services.AddSingleton<PreviewPainter>();

    public static void MapPreviews(this WebApplication app)
    {
        app.MapGet("/benchmarks/{slug}/preview.png", GetBoard)
            .CacheOutput(ResultsCachePolicy.Name)
            .WithSecurityHeadersPolicy(SecurityHeaders.EmbeddablePolicy)
            .WithEntityTags()
            .ExcludeFromDescription();
        app.MapGet("/submissions/{id:guid}/preview.png", GetEntry)
            .CacheOutput(ResultsCachePolicy.Name)
            .WithSecurityHeadersPolicy(SecurityHeaders.EmbeddablePolicy)
            .WithEntityTags()
            .ExcludeFromDescription();
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> GetBoard(
        string slug,
        BenchmarkCatalog catalog,
        BoardStore boards,
        PreviewPainter painter,
        HttpResponse response,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return TypedResults.NotFound();
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        return Picture(painter.Draw(() => PreviewCard.Draw(board)), response);
    }

    /// <summary>Only entries on the leaderboard have an image, because it shows their rank and is public.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> GetEntry(
        Guid id,
        SubmissionReader reader,
        BenchmarkCatalog catalog,
        BoardStore boards,
        PreviewPainter painter,
        HttpResponse response,
        CancellationToken cancellation
    )
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission || !catalog.TryGet(submission.Benchmark, out var folder))
        {
            return TypedResults.NotFound();
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        return board.Find(id) is { } row ? Picture(painter.Draw(() => PreviewCard.Draw(board, row)), response) : TypedResults.NotFound();
    }

    private static Results<FileContentHttpResult, NotFound, ProblemHttpResult> Picture(byte[]? png, HttpResponse response)
    {
        if (png is null)
        {
            return ProblemResponses.Of(
                new Refusal(
                    RefusalKind.Unavailable,
                    "Preview images are not available",
                    "This server cannot draw preview images, because its drawing library does not run on this system. "
                        + "The pages are not affected. The server's log has details."
                )
            );
        }

        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(png, "image/png");
    }
}
