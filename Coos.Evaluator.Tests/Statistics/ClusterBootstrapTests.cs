using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class ClusterBootstrapTests
{
    /// <summary>
    /// 6 wells of 10 images for each of two classes. Expected: numpy 1.24, the same resampling with another generator,
    /// <c>i = rng.integers(0, 6, (1000000, 5)); share = right[i].sum(1) / 50</c>, and
    /// <c>numpy.quantile(1 - (a + b) / 2, [.025, .975])</c>: 0.21 and 0.58 (the replicates are multiples of 0.01).
    /// </summary>
    [Fact]
    public void Limits_agree_with_numpys_resampling()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var intervals = Assert.IsType<ClusterIntervals>(ClusterBootstrap.Compute(actual, predicted, 2, clusters));

        Assert.Equal(0.21, intervals.BalancedError.Lower, 0.0101);
        Assert.Equal(0.58, intervals.BalancedError.Upper, 0.0101);
    }

    [Fact]
    public void Equal_inputs_give_equal_intervals()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var first = ClusterBootstrap.Compute(actual, predicted, 2, clusters)!;
        var second = ClusterBootstrap.Compute(actual, predicted, 2, clusters)!;

        Assert.Equal(first.BalancedError, second.BalancedError);
        Assert.Equal(first.Sensitivities, second.Sensitivities);
    }

    /// <summary>With equally good clusters the bootstrap alone would give a point.</summary>
    [Theory]
    [InlineData(10, 0.0)]
    [InlineData(0, 1.0)]
    [InlineData(5, 0.5)]
    public void Equally_good_clusters_give_the_interval_per_image(int right, double error)
    {
        var (actual, predicted, clusters) = Wells([right, right, right, right, right], [right, right, right, right, right]);

        var intervals = ClusterBootstrap.Compute(actual, predicted, 2, clusters)!;
        var perImage = BalancedErrorInterval.ComputePerImage(Coos.Evaluator.Metrics.ConfusionMatrix.Count(actual, predicted, 2));

        Assert.Equal(perImage, intervals.BalancedError);
        Assert.InRange(error, intervals.BalancedError.Lower, intervals.BalancedError.Upper);
        Assert.Equal(Wilson.Compute(5 * right, 50), intervals.Sensitivities[0]);
    }

    [Fact]
    public void Four_clusters_are_too_few()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7]);

        Assert.Null(ClusterBootstrap.Compute(actual, predicted, 2, clusters));
    }

    [Fact]
    public void A_class_without_images_has_no_interval_and_does_not_affect_others()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var intervals = ClusterBootstrap.Compute(actual, predicted, 3, clusters)!;

        Assert.Null(intervals.Sensitivities[2]);
        Assert.Equal(ClusterBootstrap.Compute(actual, predicted, 2, clusters)!.BalancedError, intervals.BalancedError);
    }

    [Fact]
    public void Clusters_of_one_image_give_nearly_the_interval_per_image()
    {
        byte[] actual = [.. Enumerable.Repeat((byte)0, 400)];
        byte[] predicted = [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 4 == 0 ? 1 : 0))];
        var clusters = new Clusters("well", [.. Enumerable.Range(0, 400)], 400);

        var interval = ClusterBootstrap.Compute(actual, predicted, 2, clusters)!.BalancedError;
        var perImage = Wilson.Compute(100, 400);

        Assert.Equal(perImage.Lower, interval.Lower, 0.006);
        Assert.Equal(perImage.Upper, interval.Upper, 0.006);
    }

    [Fact]
    public void Vectors_of_different_lengths_are_rejected() =>
        Assert.Throws<ArgumentException>(() => ClusterBootstrap.Compute([0, 1], [0], 2, new Clusters("well", [0, 1], 2)));

    [Theory]
    [InlineData("well", 3)]
    [InlineData("plate", 2)]
    public void Wells_with_the_same_name_on_two_plates_are_two_clusters(string kind, int count)
    {
        var rows = new LabelRows(hasPlates: true, hasWells: true);
        rows.TryAdd("1", 0, "A", "H07");
        rows.TryAdd("2", 0, "B", "H07");
        rows.TryAdd("3", 1, "B", "H08");
        rows.TryAdd("4", 1, "B", "H08");

        var clusters = Assert.IsType<Clusters>(Clusters.From(rows.ToLabels(), kind));

        Assert.Equal(count, clusters.Count);
        Assert.Equal(clusters.Ids[2], clusters.Ids[3]);
    }

    [Fact]
    public void Labels_without_wells_have_no_clusters()
    {
        Assert.Null(Clusters.From(Sample.Labels(0, 1), "well"));
        Assert.Null(Clusters.From(Sample.Labels(0, 1), null));
    }

    [Fact]
    public void A_report_has_the_interval_method()
    {
        var rows = new LabelRows(hasPlates: false, hasWells: true);
        for (var i = 0; i < 30; i++)
        {
            rows.TryAdd($"{i:00}", i % 3, well: $"W{i / 3:00}");
        }

        byte[] classes = [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 5 == 0 ? 0 : i % 3))];
        var predictions = new PredictionSet
        {
            Split = "test2",
            Classes = classes,
            Hash = "",
        };
        var byWell = SplitEvaluator.Evaluate(rows.ToLabels(), predictions, Sample.Classes, "well");
        var byPlate = SplitEvaluator.Evaluate(rows.ToLabels(), predictions, Sample.Classes, "plate");

        Assert.Equal("by well (cluster bootstrap, 10,000 resamples)", byWell.IntervalMethod);
        Assert.Equal(BalancedErrorInterval.PerImageMethod, byPlate.IntervalMethod);
        Assert.Equal(byPlate.BalancedError, byWell.BalancedError);
    }

    [Fact]
    public void The_generator_is_SplitMix64()
    {
        // The published first outputs of seed 1234567.
        var mix = new SplitMix(1234567);

        Assert.Equal(6457827717110365317UL, mix.Next());
        Assert.Equal(3203168211198807973UL, mix.Next());
        Assert.Equal(9817491932198370423UL, mix.Next());
    }

    /// <summary>One list per class; each number is the correct images in a well of ten.</summary>
    private static (byte[] Actual, byte[] Predicted, Clusters Clusters) Wells(params int[][] classes)
    {
        List<byte> actual = [],
            predicted = [];
        List<int> ids = [];
        var well = 0;
        for (var k = 0; k < classes.Length; k++)
        {
            foreach (var right in classes[k])
            {
                actual.AddRange(Enumerable.Repeat((byte)k, 10));
                predicted.AddRange(Enumerable.Range(0, 10).Select(i => (byte)(i < right ? k : 1 - k)));
                ids.AddRange(Enumerable.Repeat(well++, 10));
            }
        }

        return ([.. actual], [.. predicted], new Clusters("well", [.. ids], well));
    }
}
