using System.Net.Mime;
using Coos.Server.Benchmarks;
using Coos.Server.LabelErrors;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.LabelErrors;

/// <summary>The API endpoints for labels that are possibly wrong, for organisers.</summary>
internal static class LabelErrorEndpoints
{
    private const string Path = "/benchmarks/{slug}/splits/{split}/label-errors";

    /// <summary>Adds the endpoints.</summary>
    public static RouteGroupBuilder MapLabelErrors(this RouteGroupBuilder api)
    {
        api.MapGet(Path, Get)
            .WithName("GetLabelErrors")
            .WithSummary("Labels of a split that are possibly wrong, the surest first; for organisers")
            .WithDescription(
                "Found by confident learning from the mean probabilities of the best entries. With `unanimous=true`, only images for "
                    + "which all entries predict the suggested class."
            )
            .IsAboutLabelErrors()
            .RefusesLists();
        api.MapGet(Path + ".csv", GetCsv)
            .WithName("GetLabelErrorsCsv")
            .WithSummary("All labels of a split that are possibly wrong, as CSV; for organisers")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Csv)
            .IsAboutLabelErrors()
            .RefusesLists();
        api.MapGet("/benchmarks/{slug}/label-errors", GetInfluence)
            .WithName("GetLabelErrorInfluence")
            .WithSummary(
                "The leaderboard without the images whose labels are possibly wrong, and with the suggested labels; for organisers"
            )
            .IsAboutLabelErrors();
        return api;
    }

    /// <summary>Declares what all endpoints have in common.</summary>
    private static RouteHandlerBuilder IsAboutLabelErrors(this RouteHandlerBuilder call) =>
        call.WithTags("Images")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>Declares why a list is refused.</summary>
    private static RouteHandlerBuilder RefusesLists(this RouteHandlerBuilder call) =>
        call.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="slug">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="unanimous">true for images for which all entries predict the suggested class; false by default.</param>
    /// <param name="page">The page, from 1; each has 60 images.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="reader">Reads possible label errors.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<LabelErrorListDocument>, ProblemHttpResult>> Get(
        string slug,
        string split,
        [FromQuery] string? unanimous,
        [FromQuery] string? page,
        BenchmarkCatalog catalog,
        LabelErrorReader reader,
        CancellationToken cancellation
    )
    {
        if (!LabelErrorQuery.Read(unanimous, page).TryGet(out var query, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        return (await ReadAsync(catalog, reader, slug, split, query, cancellation)).TryGet(out var list, out refusal)
            ? TypedResults.Ok(list.Document)
            : ProblemResponses.Of(refusal);
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="unanimous">true for images for which all entries predict the suggested class; false by default.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="reader">Reads possible label errors.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        string slug,
        string split,
        [FromQuery] string? unanimous,
        BenchmarkCatalog catalog,
        LabelErrorReader reader,
        CancellationToken cancellation
    )
    {
        if (!LabelErrorQuery.Read(unanimous, null).TryGet(out var query, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        if (!(await ReadAsync(catalog, reader, slug, split, query with { Page = null }, cancellation)).TryGet(out var list, out refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        // A file cannot say that it is not complete yet.
        return list.Document is { IsComputing: false, HasFailed: false }
            ? TypedResults.Text(
                list.Document.ToCsv([.. list.Benchmark.Classes.Select(c => c.Name)]),
                MediaTypeNames.Text.Csv + "; charset=utf-8"
            )
            : ProblemResponses.Of(
                new Refusal(
                    RefusalKind.Conflict,
                    "Not ready",
                    "The possible label errors are being found. Send the request again in a few seconds."
                )
            );
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="reader">Reads possible label errors.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<LabelInfluenceDocument>, ProblemHttpResult>> GetInfluence(
        string slug,
        BenchmarkCatalog catalog,
        LabelErrorReader reader,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return ProblemResponses.Of(catalog.Unknown(slug));
        }

        return (await reader.ReadInfluenceAsync(folder.Benchmark, cancellation)).TryGet(out var influence, out var refusal)
            ? TypedResults.Ok(influence)
            : ProblemResponses.Of(refusal);
    }

    private static async Task<Result<LabelErrorList>> ReadAsync(
        BenchmarkCatalog catalog,
        LabelErrorReader reader,
        string slug,
        string split,
        LabelErrorQuery query,
        CancellationToken cancellation
    )
    {
        if (!catalog.FindSplit(slug, split).TryGet(out var place, out var refusal))
        {
            return refusal;
        }

        return (await reader.ReadAsync(place.Folder, place.Split, query, cancellation)).TryGet(out var list, out refusal)
            ? new LabelErrorList(place.Folder.Benchmark, list)
            : refusal;
    }

    private sealed record LabelErrorList(Benchmark Benchmark, LabelErrorListDocument Document);
}
