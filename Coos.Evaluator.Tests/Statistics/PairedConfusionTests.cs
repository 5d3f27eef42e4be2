using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class PairedConfusionTests
{
    private static readonly ushort[] Actual = [0, 0, 0, 0, 1, 1, 1, 2];
    private static readonly ushort[] First = [0, 0, 0, 1, 1, 1, 0, 2];
    private static readonly ushort[] Second = [0, 1, 2, 1, 1, 0, 1, 0];

    [Fact]
    public void Differences_equal_those_of_the_two_matrices()
    {
        var paired = PairedConfusion.Count(Actual, First, Second, 4);

        var (first, second) = (ConfusionMatrix.Count(Actual, First, 4).ToRows(), ConfusionMatrix.Count(Actual, Second, 4).ToRows());
        Assert.Equal(first.Zip(second, (a, b) => a.Zip(b, (x, y) => x - y)), paired.ToRows());
    }

    [Fact]
    public void Each_cell_counts_the_images_that_only_one_submission_puts_there()
    {
        var paired = PairedConfusion.Count(Actual, First, Second, 4);

        Assert.Equal((2, 0, 1), (paired.OnlyFirst(0, 0), paired.OnlySecond(0, 0), paired.BothRight(0)));
        Assert.Equal((0, 1), (paired.OnlyFirst(0, 2), paired.OnlySecond(0, 2)));
        Assert.Equal((1, 1, 1, 0), (paired.OnlyFirst(1, 1), paired.OnlySecond(1, 1), paired.BothRight(1), paired.Difference(1, 1)));
        Assert.Equal(0, paired.Images(3));
        Assert.Null(paired.SensitivityInterval(3));
        Assert.Null(paired.CellInterval(3, 0));
    }

    [Fact]
    public void Equal_predictions_have_no_difference_but_a_real_interval()
    {
        var paired = PairedConfusion.Count(Actual, First, First, 4);

        Assert.All(paired.ToRows(), row => Assert.All(row, n => Assert.Equal(0, n)));
        var interval = paired.SensitivityInterval(0)!.Value;
        Assert.True(interval is { Lower: < 0, Upper: > 0 });
        Assert.Equal(-interval.Lower, interval.Upper, 1e-15);
    }

    [Fact]
    public void The_interval_of_one_class_equals_the_paired_comparison_of_its_images()
    {
        ushort[] actual = new ushort[60];
        ushort[] first = [.. Enumerable.Range(0, 60).Select(i => (ushort)(i % 7 == 0 ? 1 : 0))];
        ushort[] second = [.. Enumerable.Range(0, 60).Select(i => (ushort)(i % 5 < 2 ? 1 : 0))];
        var clusters = new Clusters("well", [.. Enumerable.Range(0, 60).Select(i => i / 6)], 10);

        foreach (var known in new[] { null, clusters })
        {
            var expected = PairedComparison.Compute(actual, first, second, 2, known).Interval;
            var interval = PairedConfusion.Count(actual, first, second, 2, known).SensitivityInterval(0)!.Value;
            Assert.Equal(expected.Lower, interval.Lower, 1e-12);
            Assert.Equal(expected.Upper, interval.Upper, 1e-12);
        }
    }

    /// <summary>By hand: n = 20, b = 5, c = 1: V = (7 - 16/22) / 22², the half width 1.96 sqrt(V) = 0.223128.</summary>
    [Fact]
    public void The_interval_of_a_paired_proportion_follows_the_formula()
    {
        var interval = PairedProportion.ComputeInterval(5, 1, 20);

        var half = Wilson.Normal975 * Math.Sqrt((7 - (16 / 22.0)) / (22 * 22));
        Assert.Equal(0.2 - half, interval.Lower, 1e-12);
        Assert.Equal(0.2 + half, interval.Upper, 1e-12);
        Assert.Equal(0.223128, half, 1e-5);
    }

    [Fact]
    public void Limits_stay_within_minus_one_and_one()
    {
        Assert.Equal(1, PairedProportion.ComputeInterval(1, 0, 1).Upper);
        Assert.Equal(-1, PairedProportion.ComputeInterval(0, 1, 1).Lower);
    }

    [Fact]
    public void Different_lengths_and_impossible_counts_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => PairedConfusion.Count(Actual, First, Second.AsSpan(1), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedProportion.ComputeInterval(3, 3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedProportion.ComputeInterval(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedProportion.ComputeInterval(-1, 0, 5));
    }
}
