using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Resolution;

public sealed class SmallestDifferenceTests
{
    [Fact]
    public void Designs_of_one_size_equal_those_of_the_labels()
    {
        // 3 classes, 4 wells, 5 images.
        ushort[] labels = [.. Enumerable.Range(0, 60).Select(i => (ushort)(i / 20))];
        int[] own = [.. Enumerable.Range(0, 60).Select(i => i / 5)];
        int[] shared = [.. Enumerable.Range(0, 60).Select(i => i % 4)];
        AssertEqual(SamplingDesign.CreateEven(3, 4, 60, false), SamplingDesign.FromLabels(labels, 3, new Clusters("well", own, 12)));
        AssertEqual(SamplingDesign.CreateEven(3, 4, 60, true), SamplingDesign.FromLabels(labels, 3, new Clusters("plate", shared, 4)));
        AssertEqual(SamplingDesign.CreateEven(3, null, 60, false), SamplingDesign.FromLabels(labels, 4, null));

        static void AssertEqual(SamplingDesign expected, SamplingDesign actual)
        {
            Assert.Equal((expected.Images, expected.Classes, expected.Clusters), (actual.Images, actual.Classes, actual.Clusters));
            Assert.Equal(expected.HasSharedClusters, actual.HasSharedClusters);
            foreach (var icc in new[] { 0, 0.02, 0.1, 1 })
            {
                var (e, a) = (expected.ComputeVariance(icc, icc / 2), actual.ComputeVariance(icc, icc / 2));
                Assert.Equal(e.Factor, a.Factor, 1e-14);
                Assert.Equal(e.Degrees, a.Degrees, 1e-9);
            }
        }
    }

    /// <summary>A well of 25 images with ICC 0.1 counts 25 / (1 + 24 · 0.1) = 7.35 images.</summary>
    [Fact]
    public void Correlated_images_count_less()
    {
        var design = SamplingDesign.CreateEven(7, 8, 7 * 8 * 25, false);

        var variance = design.ComputeVariance(0.1, 0.1);

        Assert.Equal((1 + (24 * 0.1)) / (8 * 25 * 7), variance.Factor, 1e-14);
        Assert.Equal(7 * 7, variance.Degrees, 1e-9);
        Assert.Equal(Math.Pow(2, -56), design.SmallestP);
    }

    [Theory]
    [InlineData(0.1, 0.1, 0, 0.18)]
    [InlineData(0.1, 0.1, 1, 0)]
    [InlineData(0.1, 0.3, 1, 0.2)] // The same images are wrong, as far as possible.
    [InlineData(0.2, 0.1, 0.5, 0.14)]
    public void Discordance_follows_from_the_agreement(double first, double second, double agreement, double expected) =>
        Assert.Equal(expected, PairedErrors.ComputeDiscordance(first, second, agreement), 1e-12);

    [Fact]
    public void Times_is_the_inverse_of_the_smallest_difference()
    {
        var design = SamplingDesign.CreateEven(7, 8, 7 * 8 * 25, false).ComputeVariance(0.1, 0.1);
        var difference = SmallestDifference.Compute(design, 0.1, 0.7)!.Value;

        Assert.Equal(1, SmallestDifference.ComputeTimes(design, 0.1, 0.7, difference), 1e-9);
        var times = SmallestDifference.ComputeTimes(design, 0.1, 0.7, difference / 3);
        Assert.InRange(times, 5, 10);
        Assert.Equal(difference / 3, SmallestDifference.Compute(design.Enlarge(times), 0.1, 0.7)!.Value, 1e-9);
    }

    [Fact]
    public void The_mean_of_two_equal_splits_halves_the_variance()
    {
        var split = SamplingDesign.CreateEven(7, 8, 1400, false).ComputeVariance(0.1, 0.1);

        var mean = DesignVariance.ComputeMean([split, split]);

        Assert.Equal(split.Factor / 2, mean.Factor, 1e-15);
        Assert.Equal(split.Degrees * 2, mean.Degrees, 1e-9);
    }

    [Fact]
    public void Too_few_images_show_no_difference() =>
        Assert.Null(SmallestDifference.Compute(SamplingDesign.CreateEven(2, 2, 4, true).ComputeVariance(0.1, 0.1), 0.5, 0));

    [Fact]
    public void Holm_leaves_a_smaller_level_for_more_entries()
    {
        Assert.Equal(0.05, SmallestDifference.ComputeHolmLevel(2));
        Assert.Equal(0.05 / 190, SmallestDifference.ComputeHolmLevel(20));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallestDifference.ComputeHolmLevel(1));
    }

    [Fact]
    public void One_cluster_says_nothing_about_differences_between_clusters()
    {
        ushort[] labels = [0, 0, 1, 1];
        var design = SamplingDesign.FromLabels(labels, 2, new Clusters("well", [0, 0, 0, 0], 1));

        Assert.True(design.HasSingleCluster);
        Assert.Equal(double.PositiveInfinity, design.ComputeVariance(0.1, 0.1).Degrees);
    }

    [Fact]
    public void Entries_without_errors_have_no_correlation() =>
        Assert.Null(
            IntraclassCorrelation.Estimate(
                [0, 0, 1, 1],
                [
                    [0, 0, 1, 1],
                ],
                2,
                new Clusters("well", [0, 1, 2, 3], 4)
            )
        );

    /// <summary>20% of the images are discordant and the difference is 2 points: at a margin of 10 points 28% would be.</summary>
    [Theory]
    [InlineData(0.02, 0.1, 1.163059)] // sqrt((0.2 + 0.08 - 0.01) / (0.2 - 0.0004))
    [InlineData(-0.02, 0.1, 1.163059)]
    [InlineData(0.15, 0.1, 1.034612)] // The difference is larger than the margin.
    [InlineData(0.02, 0.021, 1.002399)]
    public void Equivalence_is_tested_with_the_variance_at_the_margin(double difference, double margin, double expected)
    {
        var error = new DifferenceError(0.01, 12).AtMargin(difference, 0.2, margin);

        Assert.Equal(0.01 * expected, error.StandardError, 1e-8);
        Assert.Equal(12, error.Degrees);
    }

    [Fact]
    public void Identical_predictions_keep_their_error() =>
        Assert.Equal(new DifferenceError(0.01, 12), new DifferenceError(0.01, 12).AtMargin(0, 0, 0.005));

    [Theory]
    [InlineData(1)]
    [InlineData(6.5)]
    public void The_interval_of_a_comparison_follows_from_its_error(double degrees)
    {
        var error = new DifferenceError(0.01, degrees);

        var interval = error.ComputeInterval(0.02, 0.95);

        Assert.Equal(Math.Min(1, 0.02 + (0.01 * Student.Quantile975(degrees))), interval.Upper, 1e-9);
    }
}
