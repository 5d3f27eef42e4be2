using System.Net.Mime;
using Coos.Server.Plates;
using Coos.Server.Problems;
using Coos.Web.Previews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Plates;

/// <summary>The API endpoints for the errors of an entry by well.</summary>
internal static class PlateEndpoints
{
    private const string Path = "/{id:guid}/wells/{split}";

    /// <summary>Adds the endpoints to the group of submissions.</summary>
    public static void MapPlates(this RouteGroupBuilder submissions)
    {
        submissions.MapGet(Path, Get).Describe("GetWells", "The errors of a submission by well, and tests of the position on the plate");
        submissions
            .MapGet(Path + ".csv", GetCsv)
            .Describe("GetWellsCsv", "The errors of a submission by well as CSV")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Csv);
        submissions
            .MapGet(Path + ".svg", GetSvg)
            .Describe("GetWellsSvg", "The map of a plate of a submission as SVG")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Image.Svg);
        submissions
            .MapGet(Path + ".png", GetPng)
            .Describe("GetWellsPng", "The map of a plate of a submission as PNG")
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Image.Png)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<Results<Ok<PlateDocument>, ProblemHttpResult>> Get(
        Guid id,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        PlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendJsonAsync(ReadAsync(reader, id, split, trueClass, cancellation));

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        Guid id,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        PlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendCsvAsync(ReadAsync(reader, id, split, trueClass, cancellation));

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetSvg(
        Guid id,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        [FromQuery] string? plate,
        PlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendSvgAsync(ReadAsync(reader, id, split, trueClass, cancellation), plate);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> GetPng(
        Guid id,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        [FromQuery] string? plate,
        PlateReader reader,
        PreviewPainter painter,
        CancellationToken cancellation
    ) => PlateResponses.SendPngAsync(ReadAsync(reader, id, split, trueClass, cancellation), plate, painter);

    private static async Task<Result<PlateResult>> ReadAsync(
        PlateReader reader,
        Guid id,
        string split,
        string? trueClass,
        CancellationToken cancellation
    )
    {
        var read = await reader.ReadAsync(id, split, trueClass, cancellation);
        return read.TryGet(out var found, out var refusal) ? found.Plates : refusal;
    }
}
