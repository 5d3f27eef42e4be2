using System.Net.Mime;
using Coos.Server.Benchmarks;
using Coos.Server.Plates;
using Coos.Server.Problems;
using Coos.Web.Leaderboards;
using Coos.Web.Previews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Plates;

/// <summary>The API endpoints for the mean errors of a board's entries by well.</summary>
internal static class BoardPlateEndpoints
{
    private const string Path = "/benchmarks/{slug}/wells/{split}";

    /// <summary>Adds the endpoints.</summary>
    public static RouteGroupBuilder MapBoardPlates(this RouteGroupBuilder api)
    {
        api.MapGet(Path, Get)
            .IsOfBoard("GetBoardWells", "The mean errors of a leaderboard's entries by well, and tests of the position on the plate");
        api.MapGet(Path + ".csv", GetCsv)
            .IsOfBoard("GetBoardWellsCsv", "The mean errors of a leaderboard's entries by well as CSV")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Csv);
        api.MapGet(Path + ".svg", GetSvg)
            .IsOfBoard("GetBoardWellsSvg", "The map of a plate with the mean errors of a leaderboard's entries as SVG")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Image.Svg);
        api.MapGet(Path + ".png", GetPng)
            .IsOfBoard("GetBoardWellsPng", "The map of a plate with the mean errors of a leaderboard's entries as PNG")
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Image.Png);
        return api;
    }

    private static RouteHandlerBuilder IsOfBoard(this RouteHandlerBuilder call, string name, string summary) =>
        call.WithTags("Benchmarks")
            .Describe(name, summary)
            .CacheOutput(ResultsCachePolicy.PlatesName)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task<Results<Ok<PlateDocument>, ProblemHttpResult>> Get(
        string slug,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        BenchmarkCatalog catalog,
        BoardPlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendJsonAsync(ReadAsync(catalog, reader, slug, split, trueClass, cancellation));

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        string slug,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        BenchmarkCatalog catalog,
        BoardPlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendCsvAsync(ReadAsync(catalog, reader, slug, split, trueClass, cancellation));

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetSvg(
        string slug,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        [FromQuery] string? plate,
        BenchmarkCatalog catalog,
        BoardPlateReader reader,
        CancellationToken cancellation
    ) => PlateResponses.SendSvgAsync(ReadAsync(catalog, reader, slug, split, trueClass, cancellation), plate);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> GetPng(
        string slug,
        string split,
        [FromQuery(Name = "true")] string? trueClass,
        [FromQuery] string? plate,
        BenchmarkCatalog catalog,
        BoardPlateReader reader,
        PreviewPainter painter,
        CancellationToken cancellation
    ) => PlateResponses.SendPngAsync(ReadAsync(catalog, reader, slug, split, trueClass, cancellation), plate, painter);

    private static async Task<Result<PlateResult>> ReadAsync(
        BenchmarkCatalog catalog,
        BoardPlateReader reader,
        string slug,
        string split,
        string? trueClass,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? await reader.ReadAsync(folder.Benchmark, split, trueClass, cancellation)
            : catalog.Unknown(slug);
}
