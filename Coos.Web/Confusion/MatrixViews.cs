using System.Globalization;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Web.Components;

namespace Coos.Web.Confusion;

/// <summary>Builds the tables of a confusion matrix: shares, counts and differences.</summary>
internal static class MatrixViews
{
    private const string Hint = "Point at a cell, or move to it with the Tab key, to see its interval.";
    private const string Nothing = "\u2013";

    /// <summary>Shares of each true class, with Wilson intervals.</summary>
    public static MatrixView Shares(IReadOnlyList<ClassLabel> classes, ConfusionMatrix counts) =>
        Build(
            "Shares, %",
            "of each true class, by predicted class",
            classes,
            (k, j) => Share(k, j, counts[k.Index, j.Index], counts.ClassImages(k.Index))
        ) with
        {
            Hint = Hint,
        };

    /// <summary>Image counts.</summary>
    public static MatrixView Counts(IReadOnlyList<ClassLabel> classes, ConfusionMatrix counts) =>
        Build(
            "Counts",
            "images, by true and predicted class",
            classes,
            (k, j) => Count(counts[k.Index, j.Index], counts.ClassImages(k.Index))
        ) with
        {
            Totals = [.. classes.Select(k => counts.ClassImages(k.Index))],
        };

    /// <summary>Shares on one split minus those on another split, with Newcombe intervals for independent images.</summary>
    public static MatrixView Shift(
        IReadOnlyList<ClassLabel> classes,
        ConfusionMatrix counts,
        ConfusionMatrix reference,
        string title,
        string referenceTitle
    )
    {
        var full = Full(classes, (k, j) => Rate(counts, k, j) - Rate(reference, k, j));
        return Build(
            $"{title} minus {referenceTitle}, points",
            "change of the share of each true class, by predicted class",
            classes,
            Cell
        ) with
        {
            Hint = Hint,
        };

        MatrixCell Cell(ClassLabel k, ClassLabel j)
        {
            return CellShares.ComputeShift(counts, reference, k.Index, j.Index) is not { } change
                ? new MatrixCell(Nothing, "none", null)
                : Difference(
                    change.Difference,
                    change.Interval,
                    full,
                    k.Index == j.Index,
                    $"{Names(k, j)}: {Percent.Of(Rate(reference, k, j)!.Value)}% on {referenceTitle}, "
                        + $"{Percent.Of(Rate(counts, k, j)!.Value)}% on {title}"
                );
        }
    }

    /// <summary>A's shares minus B's on the same images, with intervals for paired shares.</summary>
    public static MatrixView Paired(IReadOnlyList<ClassLabel> classes, PairedConfusion cells, string a, string b)
    {
        var full = Full(classes, (k, j) => CellShares.ComputePairedDifference(cells, k.Index, j.Index)?.Difference);
        return Build($"{a} minus {b}, points", "difference of the shares of each true class, by predicted class", classes, Cell) with
        {
            Hint = Hint,
        };

        MatrixCell Cell(ClassLabel k, ClassLabel j) =>
            CellShares.ComputePairedDifference(cells, k.Index, j.Index) is not { } change
                ? new MatrixCell(Nothing, "none", null)
                : Difference(
                    change.Difference,
                    change.Interval,
                    full,
                    k.Index == j.Index,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Names(k, j)}: only {a} in {cells.OnlyFirst(k.Index, j.Index):N0} images, "
                            + $"only {b} in {cells.OnlySecond(k.Index, j.Index):N0}"
                    )
                );
    }

    /// <summary>The share of a true class's images predicted as another; null without images.</summary>
    public static double? Rate(ConfusionMatrix counts, ClassLabel actual, ClassLabel predicted) =>
        CellShares.ComputeRate(counts, actual.Index, predicted.Index);

    private static MatrixView Build(
        string title,
        string unit,
        IReadOnlyList<ClassLabel> classes,
        Func<ClassLabel, ClassLabel, MatrixCell> cell
    ) => new(title, unit, classes, [.. classes.Select(k => classes.Select(j => cell(k, j)).ToArray())]);

    private static MatrixCell Share(ClassLabel k, ClassLabel j, int count, int images)
    {
        if (images == 0)
        {
            return new MatrixCell(Nothing, "none", null);
        }

        var share = (double)count / images;
        var interval = Wilson.Compute(count, images);
        var reading = string.Create(
            CultureInfo.InvariantCulture,
            $"{Names(k, j)}: {count:N0} of {images:N0} images, {Percent.Of(share)}%, "
                + $"95% interval {Percent.Range(interval.Lower, interval.Upper)}"
        );
        return new MatrixCell(count == 0 ? "\u00B7" : Percent.Of(share), Heat.Share(share), reading, count == 0);
    }

    private static MatrixCell Count(int count, int images) =>
        new(
            images == 0 ? Nothing : count.ToString("N0", CultureInfo.InvariantCulture),
            images == 0 ? "none" : Heat.Share((double)count / images),
            null,
            count == 0
        );

    /// <summary>A cell of a difference: bold if its interval excludes 0, a dot if it is 0. More is better if it is right.</summary>
    private static MatrixCell Difference(double difference, Interval interval, double full, bool isRight, string words)
    {
        var isSure = interval.Lower > 0 || interval.Upper < 0;
        var reading =
            $"{words}: {Percent.Signed(difference)} points, "
            + $"95% interval {Percent.Signed(interval.Lower)} to {Percent.Signed(interval.Upper)}";
        return new MatrixCell(
            difference == 0 ? "\u00B7" : Percent.Signed(difference),
            Heat.Difference(difference, full, isRight) + (isSure ? " sure" : ""),
            reading
        );
    }

    private static double Full(IReadOnlyList<ClassLabel> classes, Func<ClassLabel, ClassLabel, double?> difference) =>
        Heat.Full(classes.SelectMany(k => classes.Select(j => Math.Abs(difference(k, j) ?? 0))));

    private static string Names(ClassLabel actual, ClassLabel predicted) =>
        actual.Index == predicted.Index ? $"{actual.Name} predicted correctly" : $"{actual.Name} predicted as {predicted.Name}";
}
