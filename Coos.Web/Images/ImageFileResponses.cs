using System.Net.Mime;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Web.Operations;
using Coos.Web.Previews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Images;

/// <summary>The responses of the API with a list of images as a file.</summary>
internal sealed class ImageFileResponses(TileStore tiles, IntensityWindows windows, ContactSheetPng painter, ImageArchive archive)
{
    private const string Charset = "; charset=utf-8";

    /// <summary>Responds with all images of a list as CSV.</summary>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> SendCsvAsync(Task<Result<ImageListFile>> read) =>
        (await read).TryGet(out var list, out var refusal)
            ? TypedResults.Text(ImageTable.Write(list.Folder.Benchmark, list.Split, list.Selection.All), MediaTypeNames.Text.Csv + Charset)
            : ProblemResponses.Of(refusal);

    /// <summary>Responds with a page of a list as a contact sheet in SVG.</summary>
    public async Task<Results<ContentHttpResult, ProblemHttpResult>> SendSvgAsync(
        Task<Result<ImageListFile>> read,
        string? channels,
        string? contrast
    ) =>
        Draw(await read, channels, contrast).TryGet(out var sheet, out var refusal)
            ? TypedResults.Text(ContactSheetSvg.Draw(sheet), MediaTypeNames.Image.Svg + Charset)
            : ProblemResponses.Of(refusal);

    /// <summary>Responds with a page of a list as a contact sheet in PNG.</summary>
    public async Task<Results<FileContentHttpResult, ProblemHttpResult>> SendPngAsync(
        Task<Result<ImageListFile>> read,
        string? channels,
        string? contrast,
        CancellationToken cancellation
    )
    {
        if (!Draw(await read, channels, contrast).TryGet(out var sheet, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        return await painter.DrawAsync(sheet, cancellation) is { } png
            ? TypedResults.Bytes(png, MediaTypeNames.Image.Png)
            : ProblemResponses.Of(PreviewPainter.Unavailable);
    }

    /// <summary>Responds with the images of a list as TIFF files in a zip, which is written while it is sent.</summary>
    public async Task<Results<PushStreamHttpResult, ProblemHttpResult>> SendZipAsync(
        Task<Result<ImageListFile>> read,
        CancellationToken cancellation
    )
    {
        if (!(await read).TryGet(out var list, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        var name = $"{list.Folder.Benchmark.Slug}-{list.Split.Name}-images.zip";
        return list.Selection.Count == 0
            ? ProblemResponses.NotFound("The list has no images, so there is nothing to send.")
            : TypedResults.Stream(body => archive.WriteAsync(list, body, cancellation), MediaTypeNames.Application.Zip, name);
    }

    private Result<ContactSheet> Draw(Result<ImageListFile> read, string? channels, string? contrast)
    {
        if (!read.TryGet(out var list, out var refusal))
        {
            return refusal;
        }

        var images = list.Selection.Images;
        var names = images.NameChannels(list.Folder.Benchmark);
        return TileLook.Read(channels, size: null, contrast, images.Shape, names).TryGet(out var look, out refusal)
            ? ContactSheet.Create(list, look, tiles, windows)
            : refusal;
    }
}
