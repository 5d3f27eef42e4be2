using Coos.Models.Protocol;
using Coos.Server.Benchmarks;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Server.Models;

/// <summary>The images of a benchmark that models are run on.</summary>
internal sealed class ModelImages(ImageStore images, LabelStore labels)
{
    private const int DefaultBits = 16;

    /// <summary>Finds the test splits that have labels and images on this machine.</summary>
    /// <returns>The splits, at least one; or why there is none.</returns>
    public Result<IReadOnlyList<(Split Split, SplitImages Images)>> Open(BenchmarkFolder folder)
    {
        var (found, shapes) = (new List<(Split, SplitImages)>(), new HashSet<(int, int, int)>());
        Refusal? reason = null;
        foreach (var split in folder.Benchmark.TestSplits.Where(s => labels.Has(folder.Benchmark.Slug, s.Name)))
        {
            if (images.Open(folder, split).TryGet(out var opened, out var refusal))
            {
                found.Add((split, opened));
                shapes.Add((opened.Shape.Channels, opened.Shape.Height, opened.Shape.Width));
            }
            else
            {
                reason ??= refusal;
            }
        }

        return found.Count == 0 ? NoImages(folder.Benchmark, reason)
            : shapes.Count > 1 ? DifferentShapes(folder.Benchmark)
            : found;
    }

    /// <summary>Makes the request for a run on images of a benchmark.</summary>
    public static RunnerRequest Request(Benchmark benchmark, ImageShape shape, long modelBytes, int threads) =>
        new()
        {
            ModelBytes = modelBytes,
            Channels = shape.Channels,
            Height = shape.Height,
            Width = shape.Width,
            Bits = benchmark.Image?.Bits ?? DefaultBits,
            Classes = benchmark.Classes.Count,
            Threads = threads,
        };

    private static Refusal NoImages(Benchmark benchmark, Refusal? reason) =>
        new(
            RefusalKind.Conflict,
            "No images on this server",
            $"Nothing was stored. A model needs the images of {benchmark.Name}, and this server has none of a test set with labels"
                + $"{(reason is null ? "" : $" ({reason.Detail.TrimEnd('.')})")}. "
                + "Submit prediction files, or ask the organiser to add the images."
        );

    private static Refusal DifferentShapes(Benchmark benchmark) =>
        new(
            RefusalKind.Conflict,
            "Images of different shapes",
            $"Nothing was stored. The test sets of {benchmark.Name} have images of different shapes, and a model has one. "
                + "Submit prediction files."
        );
}
