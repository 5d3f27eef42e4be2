using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using Coos.Shared.Submissions;

namespace Coos.Server.Images;

/// <summary>What an entry predicts for an image.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Confidence">The probability of the predicted class; null without probabilities.</param>
internal sealed record EntryAnswer(LeaderboardEntry Entry, int Predicted, double? Confidence);

/// <summary>One image, with what the viewer may know of it.</summary>
/// <param name="Label">Its class, well and plate, and how hard it is; null if the viewer may not see labels, or there are none.</param>
/// <param name="Answers">What the best entries predict, best first; empty if the viewer may not see labels.</param>
/// <param name="Histograms">The histogram of each channel; null if the image cannot be read.</param>
/// <param name="Problem">Why the image cannot be read; null if it can.</param>
/// <param name="Nearest">Its nearest training images, or why they are not known.</param>
internal sealed record ImageDetails(
    ImageDocument? Label,
    IReadOnlyList<EntryAnswer> Answers,
    IReadOnlyList<ChannelHistogram>? Histograms,
    Refusal? Problem,
    Result<NearestImages> Nearest
);

/// <summary>Finds single images, and what the viewer may know of them.</summary>
internal sealed class ImageReader(
    LabelStore labels,
    ImageStore store,
    IntensityWindows windows,
    BoardStore boards,
    EntryPredictionStore predictions,
    ImageLists lists,
    ImageWells wells,
    NearestStore nearest,
    ImagePermissions permissions
)
{
    /// <summary>The maximum number of entries whose predictions are listed.</summary>
    public const int MaximumAnswers = 50;

    /// <summary>Finds an image that the viewer may see.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="id">The image, as in the path of a request: a slash may be encoded.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The images of the split and the canonical position of the image.</returns>
    public async Task<Result<FoundImage>> FindAsync(BenchmarkFolder folder, Split split, string id, CancellationToken cancellation)
    {
        if (await permissions.RefuseAsync(folder.Benchmark, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (!store.Open(folder, split).TryGet(out var images, out refusal))
        {
            return refusal;
        }

        var position = images.Find(id);
        if (position < 0)
        {
            id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            position = images.Find(id);
        }

        return position < 0
            ? Refusal.NotFound($"{split.Title} has no image \"{id}\". Ids are those of its label file.")
            : new FoundImage(images, position, id);
    }

    /// <summary>Reads what the viewer may know of an image.</summary>
    public async Task<ImageDetails> ReadAsync(BenchmarkFolder folder, Split split, FoundImage image, CancellationToken cancellation)
    {
        var histograms = ReadHistograms(folder, split, image).TryGet(out var known, out var problem) ? known : null;
        var details = new ImageDetails(null, [], histograms, problem, FindNearest(folder, split, image));
        if (!permissions.MaySeeLabels(folder.Benchmark) || !labels.TryGet(folder.Benchmark.Slug, split.Name, out var active))
        {
            return details;
        }

        var votes = await lists.ReadVotesAsync(folder.Benchmark, split, active, cancellation);
        return details with
        {
            Label = ImageDocument.Of(folder.Benchmark, split.Name, active.Labels, wells, image.Position) with
            {
                WrongShare = votes?.GetWrongShare(image.Position),
            },
            Answers = await ReadAnswersAsync(folder.Benchmark, split, active, image.Position, cancellation),
        };
    }

    private Result<NearestImages> FindNearest(BenchmarkFolder folder, Split split, FoundImage image)
    {
        if (!nearest.Open(folder, split, image.Images).TryGet(out var opened, out var refusal))
        {
            return refusal;
        }

        var (benchmark, training) = (folder.Benchmark, opened.Split.Name);
        var known = permissions.MaySeeLabels(benchmark) && labels.TryGet(benchmark.Slug, training, out var active) ? active.Labels : null;
        return new NearestImages(
            [.. opened.Index.Find(image.Position).Select(n => new NearestImage(Describe(n.Image), n.Distance))],
            opened.Index.Header.FeatureCount
        );

        ImageDocument Describe(int position)
        {
            var id = opened.Images.Ids.Id(position);
            return known is null
                ? new ImageDocument { Id = id, Links = ImageLinks.Of(benchmark.Slug, training, id) }
                : ImageDocument.Of(benchmark, training, known, wells, position);
        }
    }

    private Result<IReadOnlyList<ChannelHistogram>> ReadHistograms(BenchmarkFolder folder, Split split, FoundImage image)
    {
        try
        {
            var (block, ranges) = (image.Images.Read(image.Position), windows.Get(folder, image.Images));
            return ChannelHistogram.Compute(block, ranges);
        }
        catch (DatasetException e)
        {
            return store.Damaged(folder.Benchmark, split, image.Id, e);
        }
    }

    private async Task<IReadOnlyList<EntryAnswer>> ReadAnswersAsync(
        Benchmark benchmark,
        Split split,
        ActiveLabels active,
        int position,
        CancellationToken cancellation
    )
    {
        var board = await boards.GetAsync(benchmark, cancellation);
        var answers = new List<EntryAnswer>();
        foreach (var row in board.Rows.Where(r => r.Entry.Kind != SubmissionKind.Reported && r.Entry.Splits.ContainsKey(split.Name)))
        {
            if (answers.Count == MaximumAnswers)
            {
                break;
            }

            var read = await predictions.ReadAsync(row.Entry.Id, benchmark, split, active, cancellation);
            if (read.TryGet(out var predicted, out _))
            {
                answers.Add(new EntryAnswer(row.Entry, predicted.Classes[position], predicted.Confidences?[position]));
            }
        }

        return answers;
    }
}

/// <summary>An image that exists and that the viewer may see.</summary>
/// <param name="Images">The images of its split.</param>
/// <param name="Position">Its canonical position.</param>
/// <param name="Id">Its id.</param>
internal sealed record FoundImage(SplitImages Images, int Position, string Id);
