using System.Net.Mime;
using Coos.Server.Plates;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Coos.Web.Operations;
using Coos.Web.Previews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Plates;

/// <summary>The responses of the API about errors by well: JSON, CSV, and figures as SVG and PNG.</summary>
internal static class PlateResponses
{
    private const string Charset = "; charset=utf-8";

    /// <summary>Declares what all endpoints have in common.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder call, string name, string summary) =>
        call.WithName(name)
            .WithSummary(summary)
            .WithDescription(
                "Counts all images, or with `true` those of one class. A figure shows one plate: the first, or the one named by `plate`."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Responds with JSON.</summary>
    public static Task<Results<Ok<PlateDocument>, ProblemHttpResult>> SendJsonAsync(Task<Result<PlateResult>> read) =>
        SendAsync<Ok<PlateDocument>>(read, result => TypedResults.Ok(result.ToDocument()));

    /// <summary>Responds with CSV.</summary>
    public static Task<Results<ContentHttpResult, ProblemHttpResult>> SendCsvAsync(Task<Result<PlateResult>> read) =>
        SendAsync<ContentHttpResult>(read, result => TypedResults.Text(result.ToDocument().ToCsv(), MediaTypeNames.Text.Csv + Charset));

    /// <summary>Responds with a figure as SVG.</summary>
    public static Task<Results<ContentHttpResult, ProblemHttpResult>> SendSvgAsync(Task<Result<PlateResult>> read, string? plate) =>
        SendAsync<ContentHttpResult>(
            read,
            result =>
                FindSheet(result, plate).TryGet(out var sheet, out var refusal)
                    ? TypedResults.Text(PlateSheetSvg.Draw(sheet), MediaTypeNames.Image.Svg + Charset)
                    : refusal
        );

    /// <summary>Responds with a figure as PNG.</summary>
    public static Task<Results<FileContentHttpResult, ProblemHttpResult>> SendPngAsync(
        Task<Result<PlateResult>> read,
        string? plate,
        PreviewPainter painter
    ) =>
        SendAsync<FileContentHttpResult>(
            read,
            result =>
                !FindSheet(result, plate).TryGet(out var sheet, out var refusal) ? refusal
                : painter.Draw(() => PlateSheetPng.Draw(sheet)) is { } png ? TypedResults.Bytes(png, MediaTypeNames.Image.Png)
                : PreviewPainter.Unavailable
        );

    /// <summary>Finds the figure file of a plate.</summary>
    /// <param name="result">The errors by well.</param>
    /// <param name="plate">The name of the plate; the first plate if empty.</param>
    private static Result<PlateSheet> FindSheet(PlateResult result, string? plate)
    {
        var figures = PlateFigure.CreateAll(result);
        if (figures.Count == 0)
        {
            return new Refusal(
                RefusalKind.Conflict,
                "No positions",
                "The names of the wells contain no positions such as A01, so there is no plate map. The JSON and the CSV list the wells."
            );
        }

        var names = figures.Select(f => result.Counts.Map.Plates[f.Plate].Name ?? "").ToList();
        var index = string.IsNullOrEmpty(plate) ? 0 : names.IndexOf(plate);
        return index >= 0
            ? PlateSheet.Create(result, figures[index])
            : Refusal.BadQuery(
                new FieldProblem(
                    "plate",
                    "bad-value",
                    $"\"{plate!.Shorten()}\" is not a plate of this split; allowed: {string.Join(", ", names).Shorten()}"
                )
            );
    }

    private static async Task<Results<T, ProblemHttpResult>> SendAsync<T>(
        Task<Result<PlateResult>> read,
        Func<PlateResult, Result<T>> write
    )
        where T : IResult
    {
        if (!(await read).TryGet(out var result, out var refused))
        {
            return ProblemResponses.Of(refused);
        }

        return write(result).TryGet(out var response, out var refusal) ? response : ProblemResponses.Of(refusal);
    }
}
