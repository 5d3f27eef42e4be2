using System.Net.Mime;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Images;

/// <summary>The API endpoints for lists of images as files: CSV, contact sheets, and the images themselves.</summary>
internal static class ImageFileEndpoints
{
    private const string OfSplit = "/benchmarks/{slug}/splits/{split}/images";
    private const string OfEntry = "/submissions/{id:guid}/images/{split}";

    private const string CsvText = "All pages of the list. What the viewer may not see is empty.";

    private const string SheetText =
        "A page of the list: its images with their classes, a title, and the intensities that are black and fully bright.";

    private const string ZipText =
        "The first images of the list, at most 1,000: one file per image with a page per channel, whose samples are those of the "
        + "dataset, a README.txt, and a manifest.csv, which also names images that cannot be read. It is written while it is sent.";

    /// <summary>Adds what draws the files.</summary>
    public static void AddCoosImages(this IServiceCollection services) =>
        services.AddSingleton<ContactSheetPng>().AddSingleton<ImageFileResponses>();

    /// <summary>Adds the endpoints.</summary>
    public static RouteGroupBuilder MapImageFiles(this RouteGroupBuilder api)
    {
        api.MapGet(OfSplit + ".csv", GetCsv).IsCsv("GetImagesCsv", "The images of a split as CSV");
        api.MapGet(OfSplit + ".svg", GetSvg)
            .IsSheet("GetImagesSvg", "The images of a split as a contact sheet in SVG", MediaTypeNames.Image.Svg);
        api.MapGet(OfSplit + ".png", GetPng)
            .IsSheet("GetImagesPng", "The images of a split as a contact sheet in PNG", MediaTypeNames.Image.Png);
        api.MapGet(OfSplit + ".zip", GetZip).IsZip("GetImagesZip", "The images of a split as TIFF files in a zip");
        api.MapGet(OfEntry + ".csv", GetEntryCsv).IsCsv("GetSubmissionImagesCsv", "The images of an entry as CSV");
        api.MapGet(OfEntry + ".svg", GetEntrySvg)
            .IsSheet("GetSubmissionImagesSvg", "The images of an entry as a contact sheet in SVG", MediaTypeNames.Image.Svg);
        api.MapGet(OfEntry + ".png", GetEntryPng)
            .IsSheet("GetSubmissionImagesPng", "The images of an entry as a contact sheet in PNG", MediaTypeNames.Image.Png);
        api.MapGet(OfEntry + ".zip", GetEntryZip).IsZip("GetSubmissionImagesZip", "The images of an entry as TIFF files in a zip");
        return api;
    }

    private static void IsCsv(this RouteHandlerBuilder call, string name, string summary) =>
        call.WithName(name)
            .WithSummary(summary)
            .WithDescription(CsvText)
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Csv)
            .IsAboutImages();

    /// <summary>A sheet draws 60 images and takes some 0.3 s.</summary>
    private static void IsSheet(this RouteHandlerBuilder call, string name, string summary, string type)
    {
        call.WithName(name)
            .WithSummary(summary)
            .WithDescription(SheetText)
            .WithMetadata(new ExpensiveAttribute())
            .Produces<byte[]>(StatusCodes.Status200OK, type)
            .IsAboutImages();
        if (type == MediaTypeNames.Image.Png)
        {
            call.ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static void IsZip(this RouteHandlerBuilder call, string name, string summary) =>
        call.WithName(name)
            .WithSummary(summary)
            .WithDescription(ZipText)
            .WithMetadata(new ExpensiveAttribute())
            .WithoutEntityTags()
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Application.Zip)
            .IsAboutImages();

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv([AsParameters] SplitImagesRequest list) =>
        ImageFileResponses.SendCsvAsync(list.ReadAsync());

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetSvg(
        [AsParameters] SplitImagesRequest list,
        [FromQuery] string? channels,
        [FromQuery] string? contrast,
        ImageFileResponses responses
    ) => responses.SendSvgAsync(list.ReadAsync(), channels, contrast);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> GetPng(
        [AsParameters] SplitImagesRequest list,
        [FromQuery] string? channels,
        [FromQuery] string? contrast,
        ImageFileResponses responses,
        CancellationToken cancellation
    ) => responses.SendPngAsync(list.ReadAsync(), channels, contrast, cancellation);

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetZip(
        [AsParameters] SplitImagesRequest list,
        ImageFileResponses responses,
        CancellationToken cancellation
    ) => responses.SendZipAsync(list.ReadAsync(), cancellation);

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetEntryCsv([AsParameters] EntryImagesRequest list) =>
        ImageFileResponses.SendCsvAsync(list.ReadAsync());

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetEntrySvg(
        [AsParameters] EntryImagesRequest list,
        [FromQuery] string? channels,
        [FromQuery] string? contrast,
        ImageFileResponses responses
    ) => responses.SendSvgAsync(list.ReadAsync(), channels, contrast);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> GetEntryPng(
        [AsParameters] EntryImagesRequest list,
        [FromQuery] string? channels,
        [FromQuery] string? contrast,
        ImageFileResponses responses,
        CancellationToken cancellation
    ) => responses.SendPngAsync(list.ReadAsync(), channels, contrast, cancellation);

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetEntryZip(
        [AsParameters] EntryImagesRequest list,
        ImageFileResponses responses,
        CancellationToken cancellation
    ) => responses.SendZipAsync(list.ReadAsync(), cancellation);
}
