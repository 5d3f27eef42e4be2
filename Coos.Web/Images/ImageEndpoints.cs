using System.Net.Mime;
using Coos.Server.Benchmarks;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Images;

/// <summary>The API endpoints for images: pictures, and lists by what entries predict.</summary>
internal static class ImageEndpoints
{
    private const string PngEnding = ".png";
    private const string TiffEnding = ".tif";

    /// <summary>Adds the endpoints.</summary>
    public static RouteGroupBuilder MapImages(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/splits/{split}/images/{*image}", GetPicture)
            .WithMetadata(new PageFileAttribute())
            .WithName("GetImagePicture")
            .WithSummary("An image as PNG or TIFF; the path ends in .png or .tif")
            .WithDescription(
                "A TIFF has all samples as they are in the dataset, one page per channel. In a PNG, brightness is linear between the 1st "
                    + "and the 99.7th percentile of the training images, so that images can be compared. "
                    + "Who may see images is the organiser's choice (`images` in the manifest)."
            )
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Image.Png, MediaTypeNames.Image.Tiff)
            .IsAboutImages();
        api.MapGet("/benchmarks/{slug}/splits/{split}/images", GetHardest)
            .WithName("GetImages")
            .WithSummary("The images of a split, those first that most entries get wrong; only if the viewer may see the labels")
            .WithDescription(
                "wrongShare is the share of wrong votes: each family of methods has one vote, divided among its methods and their runs. "
                    + "predicted is the class with most votes. Both are absent while the votes are being counted."
            )
            .IsAboutImages();
        api.MapGet("/submissions/{id:guid}/images/{split}", GetOfSubmission)
            .WithName("GetSubmissionImages")
            .WithSummary("The images of an entry by true and predicted class, the most confident predictions first")
            .WithDescription("Only if the viewer may see both the images and the labels.")
            .IsAboutImages();
        return api;
    }

    /// <summary>Declares what all endpoints have in common.</summary>
    public static RouteHandlerBuilder IsAboutImages(this RouteHandlerBuilder call) =>
        call.WithTags("Images")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="slug">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="image">The id of the image, and <c>.png</c> or <c>.tif</c>.</param>
    /// <param name="channels">composite (the default): the first two in colour; or up to three names or numbers from 1.</param>
    /// <param name="size">The longer side in pixels, 16 to 1024; the size of the image by default.</param>
    /// <param name="contrast">How much earlier full brightness is reached, 0.25 to 8; 1 by default.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="reader">Finds images.</param>
    /// <param name="tiles">Draws images.</param>
    /// <param name="archive">Encodes images as TIFF.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<FileContentHttpResult, ContentHttpResult, ProblemHttpResult>> GetPicture(
        string slug,
        string split,
        string? image,
        [FromQuery] string? channels,
        [FromQuery] string? size,
        [FromQuery] string? contrast,
        BenchmarkCatalog catalog,
        ImageReader reader,
        TileStore tiles,
        ImageArchive archive,
        HttpRequest request,
        HttpResponse response,
        CancellationToken cancellation
    )
    {
        if (!catalog.FindSplit(slug, split).TryGet(out var place, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        if (ReadId(image) is not ({ } id, var isTiff))
        {
            return ProblemResponses.Of(
                Refusal.NotFound(
                    $"The path of a picture is .../images/IMAGE_ID{PngEnding} or {TiffEnding}; found \"{(image ?? "").Shorten()}\"."
                )
            );
        }

        if (!(await reader.FindAsync(place.Folder, place.Split, id, cancellation)).TryGet(out var found, out refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        var file = isTiff
            ? archive.Encode(place.Folder, place.Split, found.Images, found.Position)
            : Draw(place, found, tiles, channels, size, contrast);
        if (file.TryGet(out var content, out refusal))
        {
            response.Headers.CacheControl =
                place.Folder.Benchmark.Images == ImageAudience.Public ? "public, max-age=3600" : "private, no-cache";
            return isTiff
                ? TypedResults.Bytes(content, MediaTypeNames.Image.Tiff, ImageFileName.Simplify(found.Id) + TiffEnding)
                : TypedResults.Bytes(content, MediaTypeNames.Image.Png);
        }

        // A browser that draws a page shows in the picture's place why it cannot be read. A program gets it as any other problem.
        response.Headers.CacheControl = "no-store";
        var isForPage = request.Headers.Accept.ToString().Contains(MediaTypeNames.Image.Svg, StringComparison.OrdinalIgnoreCase);
        return isForPage && refusal.Kind == RefusalKind.Conflict
            ? TypedResults.Text(ImagePlaceholder.Draw(refusal.Title), MediaTypeNames.Image.Svg + "; charset=utf-8")
            : ProblemResponses.Of(refusal);
    }

    /// <summary>Reads the id from the last part of a path; null if it does not name a picture.</summary>
    private static (string? Id, bool IsTiff) ReadId(string? image)
    {
        var name = (image ?? "").TrimEnd('/');
        var isTiff = name.EndsWith(TiffEnding, StringComparison.OrdinalIgnoreCase);
        var ending = isTiff ? TiffEnding : PngEnding;
        var isPicture = name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
        return (isPicture ? name[..^ending.Length] : null, isTiff);
    }

    private static Result<byte[]> Draw(
        SplitPlace place,
        FoundImage image,
        TileStore tiles,
        string? channels,
        string? size,
        string? contrast
    )
    {
        var names = image.Images.NameChannels(place.Folder.Benchmark);
        return TileLook.Read(channels, size, contrast, image.Images.Shape, names).TryGet(out var look, out var refusal)
            ? tiles.Draw(place.Folder, place.Split, image.Images, image.Position, look)
            : refusal;
    }

    private static Task<Results<Ok<ImageListDocument>, ProblemHttpResult>> GetHardest([AsParameters] SplitImagesRequest list) =>
        SendPageAsync(list.ReadAsync());

    private static Task<Results<Ok<ImageListDocument>, ProblemHttpResult>> GetOfSubmission([AsParameters] EntryImagesRequest list) =>
        SendPageAsync(list.ReadAsync());

    private static async Task<Results<Ok<ImageListDocument>, ProblemHttpResult>> SendPageAsync(Task<Result<ImageListFile>> read) =>
        (await read).TryGet(out var list, out var refusal)
            ? TypedResults.Ok(list.Selection.CreatePage(list.Query))
            : ProblemResponses.Of(refusal);
}
