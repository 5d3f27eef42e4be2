using System.Globalization;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>Compares two vectors of predictions with the active labels.</summary>
internal static class SplitComparer
{
    /// <summary>Compares the predictions of two entries for one split.</summary>
    /// <param name="split">The split's name.</param>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="a">A's predictions.</param>
    /// <param name="b">B's predictions.</param>
    /// <param name="benchmark">The benchmark, which defines classes and clusters.</param>
    /// <param name="byMetric">The two entries by the ranking metric; null for the balanced error or accuracy, or without values.</param>
    public static SplitComparison Compare(
        string split,
        SplitLabels labels,
        ushort[] a,
        ushort[] b,
        Benchmark benchmark,
        MetricPair? byMetric = null
    )
    {
        var comparison = CompareErrors(split, labels, a, b, benchmark);
        var info = benchmark.Ranking.Info;
        if (byMetric is null)
        {
            return benchmark.Ranking.Metric == MetricId.BalancedAccuracy
                ? comparison with
                {
                    Metric = info.Id,
                    ValueA = 1 - comparison.BalancedErrorA,
                    ValueB = 1 - comparison.BalancedErrorB,
                }
                : comparison;
        }

        return comparison with
        {
            Metric = info.Id,
            ValueA = info.ToValue(byMetric.LossA),
            ValueB = info.ToValue(byMetric.LossB),
            Difference = byMetric.LossA - byMetric.LossB,
            Paired = comparison.Paired! with
            {
                DifferenceInterval = Negate(byMetric.Difference.ComputeInterval(byMetric.P)),
                EquivalenceInterval = benchmark.Margin is { } margin
                    ? Negate(MarginTest.ComputeInterval(byMetric.Difference, margin))
                    : null,
                P = byMetric.P,
                SignFlipP = null,
                LargestClusterShare = byMetric.Difference.ByCluster?.LargestShare,
                Method = byMetric.Method,
            },
        };
    }

    private static SplitComparison CompareErrors(string split, SplitLabels labels, ushort[] a, ushort[] b, Benchmark benchmark)
    {
        var count = benchmark.Classes.Count;
        var clusters = Clusters.Outermost(labels, benchmark.Cluster);
        var test = PairedComparison.Compute(labels.Classes, a, b, count, clusters);
        var cells = PairedConfusion.Count(labels.Classes, a, b, count, clusters);
        var (ofA, ofB) = (ConfusionMatrix.Count(labels.Classes, a, count), ConfusionMatrix.Count(labels.Classes, b, count));
        ClassComparison[] classes = [.. benchmark.Classes.Select(c => Compare(c, cells))];
        return new SplitComparison
        {
            Split = split,
            Images = ofA.Images,
            BalancedErrorA = ofA.BalancedError,
            BalancedErrorB = ofB.BalancedError,
            Difference = Negate(test.Difference),
            Paired = new PairedResult
            {
                DifferenceInterval = Negate(test.Interval),
                EquivalenceInterval = benchmark.Margin is { } margin ? Negate(MarginTest.ComputeInterval(test.Variances, margin)) : null,
                Identical = a.AsSpan().SequenceEqual(b) ? true : null,
                P = test.P,
                SignFlipP = test.SignFlipP,
                LargestClusterShare = clusters is null ? null : test.LargestClusterShare,
                Method = DescribeMethod(clusters, test),
                AccuracyDifference = ofA.Accuracy - ofB.Accuracy,
                McNemarP = test.McNemar,
                McNemarMidP = test.McNemarMidP,
                LabelsHash = labels.Hash,
                ClassMethod = clusters is null
                    ? PerImage
                    : $"Agresti and Min for paired proportions, by {clusters.Kind} for classes with two or more of them",
                Images = new Agreement(
                    classes.Sum(c => c.Images.BothRight),
                    classes.Sum(c => c.Images.OnlyA),
                    classes.Sum(c => c.Images.OnlyB),
                    classes.Sum(c => c.Images.BothWrong)
                ),
                Classes = classes,
                ConfusionDifference = count <= ConfusionMatrix.MaximumDense ? cells.ToRows() : null,
                Cells = cells,
                Matrices = (ofA, ofB),
            },
        };
    }

    /// <summary>Beyond this share of the variance from one cluster, the test depends on that cluster too much to be trusted.</summary>
    private const double LargestTrustedShare = 0.25;

    private const string PerImage = "Agresti and Min for paired proportions, per image";

    /// <summary>
    /// Negates a difference: the statistic is positive if A is better, but all differences in the result are A minus B.
    /// Never -0.
    /// </summary>
    private static double Negate(double difference) => 0 - difference;

    private static double[] Negate(Interval interval) => [Negate(interval.Upper), Negate(interval.Lower)];

    private static string DescribeMethod(Clusters? clusters, PairedComparison test)
    {
        if (clusters is not { Kind: var kind })
        {
            return "per image (normal distribution and sign flips); intervals are too narrow and p too small if images from the same "
                + "plate are correlated";
        }

        if (!test.HasClusterInterval)
        {
            return $"per image, too narrow, because a class has only one {kind}";
        }

        return DescribeMethod(kind, clusters.AreOfThesePlatesOnly, test.LargestClusterShare);
    }

    /// <summary>Describes a test by cluster, and how far one cluster decides it.</summary>
    /// <param name="unit">What the clusters are: "well", "plate", or "well or plate".</param>
    /// <param name="isOfThesePlatesOnly">Whether wells are compared although they are of few plates.</param>
    /// <param name="largestShare">The largest share of the variance that is due to one cluster, 0..1.</param>
    public static string DescribeMethod(string unit, bool isOfThesePlatesOnly, double largestShare)
    {
        var method = $"by {unit} (Student's t{(isOfThesePlatesOnly ? ", for these plates only" : "")})";
        return largestShare > LargestTrustedShare
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{method}; one {unit} makes up {100 * largestShare:0}% of the variance, so both are uncertain"
            )
            : method;
    }

    private static ClassComparison Compare(ClassLabel label, PairedConfusion cells)
    {
        var (k, n) = (label.Index, cells.Images(label.Index));
        var (right, onlyA, onlyB) = (cells.BothRight(k), cells.OnlyFirst(k, k), cells.OnlySecond(k, k));
        var images = new Agreement(right, onlyA, onlyB, n - right - onlyA - onlyB);
        return n == 0
            ? new ClassComparison(k, label.Name, images, null, null, null, null)
            : new ClassComparison(
                k,
                label.Name,
                images,
                (double)(right + onlyA) / n,
                (double)(right + onlyB) / n,
                (double)(onlyA - onlyB) / n,
                cells.SensitivityInterval(k)!.Value.ToArray()
            );
    }
}
