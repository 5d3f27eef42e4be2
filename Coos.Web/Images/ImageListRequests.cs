using Coos.Server.Benchmarks;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Web.Components;
using Coos.Web.Discovery;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Images;

/// <summary>A request for the images of a split.</summary>
/// <param name="Slug">The benchmark.</param>
/// <param name="Split">The split.</param>
/// <param name="Order">The order.</param>
/// <param name="TrueClass">The true class: its index or name.</param>
/// <param name="Predicted">The class with most votes: its index or name.</param>
/// <param name="Page">The page of the list.</param>
/// <param name="Catalog">The benchmarks.</param>
/// <param name="Lists">Lists images.</param>
/// <param name="Request">The request.</param>
internal sealed record SplitImagesRequest(
    string Slug,
    string Split,
    [FromQuery(Name = "order")] string? Order,
    [FromQuery(Name = "true")] string? TrueClass,
    [FromQuery(Name = "predicted")] string? Predicted,
    [FromQuery(Name = "page")] string? Page,
    BenchmarkCatalog Catalog,
    ImageLists Lists,
    HttpRequest Request
)
{
    /// <summary>Selects the images, as far as the viewer may see them.</summary>
    public async Task<Result<ImageListFile>> ReadAsync()
    {
        if (!Catalog.FindSplit(Slug, Split).TryGet(out var place, out var refusal))
        {
            return refusal;
        }

        if (Order is not (null or "" or ImageOrder.Hardest or ImageOrder.Id))
        {
            return ImageOrder.Unknown(Order);
        }

        var benchmark = place.Folder.Benchmark;
        if (!ImageQuery.Read(TrueClass, Predicted, Page, benchmark).TryGet(out var query, out refusal))
        {
            return refusal;
        }

        var byId = Order == ImageOrder.Id;
        var selected = await Lists.SelectHardestAsync(place.Folder, place.Split, query, byId, Request.HttpContext.RequestAborted);
        return selected.TryGet(out var selection, out refusal)
            ? new ImageListFile(
                place.Folder,
                place.Split,
                query,
                selection,
                ImageTexts.DescribeVotes(query, benchmark),
                ImageTexts.Count(selection.Count) + ".",
                IsOfAll: true,
                Request.AbsoluteAddress(ImageOrder.AddTo(Addresses.Images(benchmark, Split) + query.ToQueryString(), byId))
            )
            : refusal;
    }
}

/// <summary>A request for the images of an entry.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Split">The split.</param>
/// <param name="TrueClass">The true class: its index or name.</param>
/// <param name="Predicted">The predicted class: its index or name.</param>
/// <param name="Page">The page of the list.</param>
/// <param name="Catalog">The benchmarks.</param>
/// <param name="Reader">Reads submissions.</param>
/// <param name="Lists">Lists images.</param>
/// <param name="Request">The request.</param>
internal sealed record EntryImagesRequest(
    Guid Id,
    string Split,
    [FromQuery(Name = "true")] string? TrueClass,
    [FromQuery(Name = "predicted")] string? Predicted,
    [FromQuery(Name = "page")] string? Page,
    BenchmarkCatalog Catalog,
    SubmissionReader Reader,
    ImageLists Lists,
    HttpRequest Request
)
{
    /// <summary>Selects the images, as far as the viewer may see them.</summary>
    public async Task<Result<ImageListFile>> ReadAsync()
    {
        var cancellation = Request.HttpContext.RequestAborted;
        if (await Reader.FindAsync(Id, cancellation) is not { } submission)
        {
            return SubmissionReader.NotFound(Id);
        }

        if (!Catalog.FindSplit(submission.Benchmark, Split).TryGet(out var place, out var refusal))
        {
            return refusal;
        }

        var benchmark = place.Folder.Benchmark;
        if (!ImageQuery.Read(TrueClass, Predicted, Page, benchmark).TryGet(out var query, out refusal))
        {
            return refusal;
        }

        var selected = await Lists.SelectEntryAsync(submission, place.Folder, place.Split, query, cancellation);
        return selected.TryGet(out var selection, out refusal)
            ? new ImageListFile(
                place.Folder,
                place.Split,
                query,
                selection,
                ImageTexts.Describe(query, benchmark),
                ImageTexts.Count(query, selection.Count, submission, place.Split, benchmark),
                IsOfAll: false,
                Request.AbsoluteAddress(Addresses.EntryImages(Id, Split) + query.ToQueryString())
            )
            : refusal;
    }
}
