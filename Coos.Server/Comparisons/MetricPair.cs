using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>Two entries by the ranking metric, on the ranking splits or on one split.</summary>
/// <param name="Layout">The layout of the tests.</param>
/// <param name="LossA">A's loss, or its mean.</param>
/// <param name="LossB">B's loss, or its mean.</param>
/// <param name="Difference">The difference: B's loss minus A's.</param>
/// <param name="P">The two-sided p of no difference.</param>
internal sealed record MetricPair(IRankingLayout Layout, double LossA, double LossB, RankingDifference Difference, double P)
{
    /// <summary>Compares two encoded entries.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="ofA">A's predictions.</param>
    /// <param name="ofB">B's predictions.</param>
    /// <param name="ranking">The ranking, whose splits are those of the layout.</param>
    public static MetricPair Create(IRankingLayout layout, EncodedPredictions ofA, EncodedPredictions ofB, Ranking ranking)
    {
        double Mean(EncodedPredictions encoded) => encoded.Losses.Index().Sum(l => l.Item * ranking.Share(l.Index));
        return new MetricPair(layout, Mean(ofA), Mean(ofB), layout.Compare(ofA, ofB), layout.ComputeP(ofA, ofB));
    }

    /// <summary>The method of the interval and p, in words.</summary>
    public string Method =>
        Layout.Unit == "image" ? "per image (linearised, normal distribution)"
        : Difference.ByCluster is { } variance
            ? SplitComparer.DescribeMethod(Layout.Unit, Layout.AreOfThesePlatesOnly, variance.LargestShare)
        : $"per image, too narrow, because there is only one {Layout.Unit}";
}
