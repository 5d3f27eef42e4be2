using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Images;

/// <summary>
/// Lists the images of a split by what an entry or all entries predict. Such a list tells labels, so it is only for viewers who may see
/// both images and labels.
/// </summary>
internal sealed class ImageLists(
    LabelStore labels,
    ImageStore store,
    EntryPredictionStore predictions,
    HardnessStore hardness,
    ImageWells wells,
    ImagePermissions permissions
)
{
    /// <summary>Selects the images of an entry on all pages of its list, the most confident predictions first.</summary>
    /// <param name="submission">The entry, which the viewer may see.</param>
    /// <param name="folder">Its benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="query">Which images.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<ImageSelection>> SelectEntryAsync(
        SubmissionDocument submission,
        BenchmarkFolder folder,
        Split split,
        ImageQuery query,
        CancellationToken cancellation
    )
    {
        if (submission.Kind == SubmissionKind.Reported)
        {
            return Refusal.NotFound("A reported result has no predictions: its publication gives only errors.");
        }

        if (!(await OpenAsync(folder, split, cancellation)).TryGet(out var opened, out var refusal))
        {
            return refusal;
        }

        var active = opened.Labels;
        var read = await predictions.ReadAsync(submission.Id, folder.Benchmark, split, active, cancellation);
        if (!read.TryGet(out var predicted, out refusal))
        {
            return refusal;
        }

        var votes = await ReadVotesAsync(folder.Benchmark, split, active, cancellation);
        var confidences = predicted.Confidences;
        int[] positions = [.. Find(active, predicted.Classes, query)];
        var sorted = confidences is null ? positions : [.. positions.OrderByDescending(p => confidences[p])];
        return new ImageSelection(
            opened.Images,
            sorted,
            confidences is null ? ImageSelection.ById : "the most confident predictions first",
            p =>
                ImageDocument.Of(folder.Benchmark, split.Name, active.Labels, wells, p) with
                {
                    Predicted = predicted.Classes[p],
                    Confidence = confidences is null ? null : Math.Round(confidences[p], 6),
                    WrongShare = votes?.GetWrongShare(p),
                }
        );
    }

    /// <summary>
    /// Selects the images of a split on all pages of its list, the hardest first; in the order of their ids while their hardness is being
    /// computed.
    /// </summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="query">Which images; the predicted class is the one with most votes.</param>
    /// <param name="byId">Whether the images are in the order of their ids.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<ImageSelection>> SelectHardestAsync(
        BenchmarkFolder folder,
        Split split,
        ImageQuery query,
        bool byId,
        CancellationToken cancellation
    )
    {
        if (byId && query is { True: null, Predicted: null } && !HasVisibleLabels(folder.Benchmark, split))
        {
            return await SelectPlainAsync(folder, split, cancellation);
        }

        if (!(await OpenAsync(folder, split, cancellation)).TryGet(out var opened, out var refusal))
        {
            return refusal;
        }

        var active = opened.Labels;
        var votes = await ReadVotesAsync(folder.Benchmark, split, active, cancellation);
        int[] positions = [.. Find(active, votes?.Predicted, query)];
        var isById = byId || votes is null;
        return new ImageSelection(
            opened.Images,
            isById ? positions : [.. positions.OrderByDescending(p => votes!.WrongShares[p])],
            isById ? ImageSelection.ById : "hardest first, by the share of wrong votes",
            p =>
                ImageDocument.Of(folder.Benchmark, split.Name, active.Labels, wells, p) with
                {
                    Predicted = votes?.Predicted[p],
                    WrongShare = votes?.GetWrongShare(p),
                }
        );
    }

    /// <summary>Selects images without their labels, in the order of their ids: for viewers who may see the images only.</summary>
    private async Task<Result<ImageSelection>> SelectPlainAsync(BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        if (await permissions.RefuseAsync(folder.Benchmark, cancellation) is { } refusal)
        {
            return refusal;
        }

        return store.Open(folder, split).TryGet(out var images, out refusal)
            ? new ImageSelection(images, [.. Enumerable.Range(0, images.Ids.Count)], ImageSelection.ById, Describe)
            : refusal;

        ImageDocument Describe(int position)
        {
            var id = images.Ids.Id(position);
            return new ImageDocument { Id = id, Links = ImageLinks.Of(folder.Benchmark.Slug, split.Name, id) };
        }
    }

    private bool HasVisibleLabels(Benchmark benchmark, Split split) =>
        permissions.MaySeeLabels(benchmark) && labels.TryGet(benchmark.Slug, split.Name, out _);

    /// <summary>Reads the votes of the entries for the current labels; null while they are being counted, or without entries.</summary>
    public async Task<Coos.Evaluator.Hardness.ImageVotes?> ReadVotesAsync(
        Benchmark benchmark,
        Split split,
        ActiveLabels active,
        CancellationToken cancellation
    )
    {
        var result = await hardness.GetAsync(benchmark, split, cancellation);
        return result.Output is { } output && output.LabelVersion == active.VersionId ? output.Votes : null;
    }

    /// <summary>Checks that the viewer may see images and labels, and that the server has both.</summary>
    private async Task<Result<OpenedSplit>> OpenAsync(BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        if (await permissions.RefuseAsync(folder.Benchmark, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (!permissions.MaySeeLabels(folder.Benchmark))
        {
            return ImagePermissions.LabelsAreSecret(folder.Benchmark);
        }

        if (!labels.TryGet(folder.Benchmark.Slug, split.Name, out var active))
        {
            return Refusal.NotFound($"{split.Title} has no labels on this server.");
        }

        return store.Open(folder, split).TryGet(out var images, out var reason) ? new OpenedSplit(active, images) : reason;
    }

    private static IEnumerable<int> Find(ActiveLabels active, ushort[]? predicted, ImageQuery query) =>
        Enumerable
            .Range(0, active.Labels.Classes.Length)
            .Where(p =>
                (query.True is not { } actual || active.Labels.Classes[p] == actual)
                && (query.Predicted is not { } wanted || predicted?[p] == wanted)
            );

    /// <summary>Labels and images of a split, of the same ids.</summary>
    private sealed record OpenedSplit(ActiveLabels Labels, SplitImages Images);
}
