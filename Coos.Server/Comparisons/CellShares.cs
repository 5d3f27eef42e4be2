using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>Computes the shares of a confusion matrix and their differences, with intervals, for pages and the API.</summary>
internal static class CellShares
{
    /// <summary>The method of a share's interval.</summary>
    public const string ShareMethod = "Wilson, per image; too narrow if images from the same plate are correlated";

    /// <summary>The method of the interval of a difference between two splits.</summary>
    public const string ShiftMethod = "Wilson and Newcombe, per image; too narrow if images from the same plate are correlated";

    /// <summary>The method of the interval of a difference between two entries.</summary>
    public const string PairedMethod =
        "Agresti and Min for paired proportions, per image; too narrow if images from the same plate are correlated";

    /// <summary>Computes the share of a true class's images that are predicted as another class; null without images.</summary>
    public static double? ComputeRate(ConfusionMatrix counts, int actual, int predicted)
    {
        var images = counts.ClassImages(actual);
        return images == 0 ? null : (double)counts[actual, predicted] / images;
    }

    /// <summary>Computes the interval of a share; null without images.</summary>
    public static Interval? ComputeInterval(ConfusionMatrix counts, int actual, int predicted)
    {
        var images = counts.ClassImages(actual);
        return images == 0 ? null : Wilson.Compute(counts[actual, predicted], images);
    }

    /// <summary>
    /// Computes a share on one split minus that on another split, which has different images; null if either has no images.
    /// </summary>
    public static (double Difference, Interval Interval)? ComputeShift(
        ConfusionMatrix counts,
        ConfusionMatrix reference,
        int actual,
        int predicted
    ) =>
        ComputeRate(counts, actual, predicted) is { } share && ComputeRate(reference, actual, predicted) is { } before
            ? (
                share - before,
                Generalisation.ComputeGapInterval(
                    share,
                    ComputeInterval(counts, actual, predicted)!.Value,
                    before,
                    ComputeInterval(reference, actual, predicted)!.Value
                )
            )
            : null;

    /// <summary>Computes A's share minus B's on the same images; null without images.</summary>
    public static (double Difference, Interval Interval)? ComputePairedDifference(PairedConfusion cells, int actual, int predicted) =>
        cells.Images(actual) is > 0 and var n
            ? ((double)cells.Difference(actual, predicted) / n, cells.CellInterval(actual, predicted)!.Value)
            : null;
}
