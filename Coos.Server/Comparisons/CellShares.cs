using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Server.Comparisons;

/// <summary>The shares of a confusion matrix and their differences, with intervals: what pages and API both show.</summary>
internal static class CellShares
{
    /// <summary>The method of a share's interval.</summary>
    public const string ShareMethod = "Wilson, per image; too narrow if images of one plate are alike";

    /// <summary>The method of the interval of a difference between two splits.</summary>
    public const string ShiftMethod = "Wilson and Newcombe, per image; too narrow if images of one plate are alike";

    /// <summary>The method of the interval of a difference between two entries.</summary>
    public const string PairedMethod = "of paired shares (Agresti and Min), per image; too narrow if images of one plate are alike";

    /// <summary>The share of a true class's images predicted as another; null without images.</summary>
    public static double? Rate(int[][] counts, int actual, int predicted)
    {
        var images = counts[actual].Sum();
        return images == 0 ? null : (double)counts[actual][predicted] / images;
    }

    /// <summary>The interval of a share; null without images.</summary>
    public static Interval? IntervalOf(int[][] counts, int actual, int predicted)
    {
        var images = counts[actual].Sum();
        return images == 0 ? null : Wilson.Compute(counts[actual][predicted], images);
    }

    /// <summary>A share on one split minus the share on another split, which has other images; null if either has none.</summary>
    public static (double Difference, Interval Interval)? Shift(int[][] counts, int[][] reference, int actual, int predicted) =>
        Rate(counts, actual, predicted) is { } share && Rate(reference, actual, predicted) is { } before
            ? (
                share - before,
                Generalisation.GapInterval(
                    share,
                    IntervalOf(counts, actual, predicted)!.Value,
                    before,
                    IntervalOf(reference, actual, predicted)!.Value
                )
            )
            : null;

    /// <summary>A's share minus B's on the same images; null if there are none.</summary>
    public static (double Difference, Interval Interval)? Paired(PairedConfusion cells, int actual, int predicted) =>
        cells.Images(actual) is > 0 and var n
            ? ((double)cells.Difference(actual, predicted) / n, cells.CellInterval(actual, predicted)!.Value)
            : null;
}
