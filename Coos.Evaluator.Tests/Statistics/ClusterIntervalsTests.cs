using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class ClusterIntervalsTests
{
    /// <summary>
    /// 6 wells of 10 images for each of two classes. By hand: V = 6/5 sum of ((errors - mean errors) / 60 / 2)² over both classes; the
    /// limits are <c>scipy.stats.beta.ppf</c>.
    /// </summary>
    [Fact]
    public void Limits_follow_Korn_and_Graubard()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var layout = new ClusterLayout(actual, 2, clusters);
        var variance = layout.ComputeVariance(layout.ComputeDeviations(layout.CountErrors(predicted)))!.Value;
        var intervals = Assert.IsType<ClusterIntervals>(ClusterIntervals.Compute(actual, predicted, 2, clusters));

        double[] right = [2, 9, 5, 10, 7, 3];
        double[] other = [8, 8, 6, 7, 9, 0];
        var squares = right.Sum(r => (r - 6) * (r - 6)) + other.Sum(r => Math.Pow(r - (38 / 6.0), 2));
        Assert.Equal(6 / 5.0 * squares / 14400, variance.Variance, 1e-12);
        Assert.Equal(0.18219073582963458, intervals.BalancedError.Lower, 1e-9);
        Assert.Equal(0.6188498995141329, intervals.BalancedError.Upper, 1e-9);
        Assert.False(intervals.HasTooFewClusters);
    }

    [Fact]
    public void Errors_in_one_of_many_wells_are_too_few_to_trust()
    {
        var (actual, predicted, clusters) = Wells([10, 10, 10, 4, 10, 10], [10, 10, 10, 10, 10, 10]);

        var intervals = ClusterIntervals.Compute(actual, predicted, 2, clusters)!;

        Assert.True(intervals.HasTooFewClusters);
        Assert.Equal(
            "by well (Korn and Graubard); too few wells with errors, so it is probably too narrow",
            IntervalMethod.Describe(clusters, intervals)
        );
        Assert.Equal("by well (Korn and Graubard)", IntervalMethod.RemoveDoubt(IntervalMethod.Describe(clusters, intervals)));
    }

    /// <summary>Plates that hold all classes are one stratum: their classes fail together, and the interval must be wide.</summary>
    [Fact]
    public void Plates_with_all_classes_are_one_stratum()
    {
        var right = new[] { 10, 9, 9, 5, 8, 2, 10, 7 };
        var (actual, predicted, wells) = Wells(right, right);
        var plates = new Clusters("plate", [.. wells.Ids.Select(g => g % right.Length)], right.Length);

        var byWell = ClusterIntervals.Compute(actual, predicted, 2, wells)!.BalancedError;
        var byPlate = ClusterIntervals.Compute(actual, predicted, 2, plates)!.BalancedError;

        Assert.Equal(1, ClusterStrata.Find(actual, 2, plates).Count);
        Assert.Equal(2, ClusterStrata.Find(actual, 2, wells).Count);
        Assert.True(byPlate.Width > 1.3 * byWell.Width, $"{byPlate} {byWell}");
    }

    [Fact]
    public void Equal_inputs_give_equal_intervals()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var first = ClusterIntervals.Compute(actual, predicted, 2, clusters)!;
        var second = ClusterIntervals.Compute(actual, predicted, 2, clusters)!;

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

        var intervals = ClusterIntervals.Compute(actual, predicted, 2, clusters)!;
        var perImage = BalancedErrorInterval.ComputePerImage(Coos.Shared.Scores.ConfusionMatrix.Count(actual, predicted, 2));

        Assert.Equal(perImage, intervals.BalancedError);
        Assert.InRange(error, intervals.BalancedError.Lower, intervals.BalancedError.Upper);
        Assert.Equal(Wilson.Compute(5 * right, 50), intervals.Sensitivities[0]);
    }

    [Fact]
    public void Four_clusters_are_too_few()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7]);

        Assert.Null(ClusterIntervals.Compute(actual, predicted, 2, clusters));
    }

    [Fact]
    public void A_class_without_images_has_no_interval_and_does_not_affect_others()
    {
        var (actual, predicted, clusters) = Wells([2, 9, 5, 10, 7, 3], [8, 8, 6, 7, 9, 0]);

        var intervals = ClusterIntervals.Compute(actual, predicted, 3, clusters)!;

        Assert.Null(intervals.Sensitivities[2]);
        Assert.Equal(ClusterIntervals.Compute(actual, predicted, 2, clusters)!.BalancedError, intervals.BalancedError);
    }

    [Fact]
    public void Clusters_of_one_image_give_nearly_the_interval_per_image()
    {
        ushort[] actual = [.. Enumerable.Repeat((ushort)0, 400)];
        ushort[] predicted = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i % 4 == 0 ? 1 : 0))];
        var clusters = new Clusters("well", [.. Enumerable.Range(0, 400)], 400);

        var interval = ClusterIntervals.Compute(actual, predicted, 2, clusters)!.BalancedError;
        var perImage = Wilson.Compute(100, 400);

        Assert.Equal(perImage.Lower, interval.Lower, 0.006);
        Assert.Equal(perImage.Upper, interval.Upper, 0.006);
    }

    [Fact]
    public void Vectors_of_different_lengths_are_rejected() =>
        Assert.Throws<ArgumentException>(() => ClusterIntervals.Compute([0, 1], [0], 2, new Clusters("well", [0, 1], 2)));

    [Theory]
    [InlineData("well", 3)]
    [InlineData("plate", 2)]
    public void Wells_with_the_same_name_on_two_plates_are_two_clusters(string kind, int count)
    {
        var rows = new LabelRows("plate", "well");
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

    [Theory]
    [InlineData(5, "plate", false)]
    [InlineData(4, "well", true)]
    public void Wells_give_way_to_plates_if_each_class_is_on_five(int plates, string kind, bool areOfThesePlatesOnly)
    {
        var rows = new LabelRows("plate", "well");
        for (var i = 0; i < 240; i++)
        {
            rows.TryAdd($"{i:000}", i % 3, $"P{i % plates}", $"W{i / 24}");
        }

        var clusters = Clusters.Outermost(rows.ToLabels(), "well")!;

        Assert.Equal((kind, areOfThesePlatesOnly), (clusters.Kind, clusters.AreOfThesePlatesOnly));
    }

    [Fact]
    public void A_class_on_few_of_many_plates_keeps_the_wells()
    {
        var rows = new LabelRows("plate", "well");
        for (var i = 0; i < 240; i++)
        {
            rows.TryAdd($"{i:000}", i % 3, $"P{(i % 3 == 0 ? i % 2 : i % 8)}", $"W{i / 24}");
        }

        Assert.Equal("well", Clusters.Outermost(rows.ToLabels(), "well")!.Kind);
        Assert.Equal("plate", Clusters.Outermost(rows.ToLabels(), "plate")!.Kind);
        Assert.Null(Clusters.Outermost(rows.ToLabels(), null));
    }

    [Fact]
    public void A_report_has_the_interval_method()
    {
        var rows = new LabelRows("well");
        for (var i = 0; i < 30; i++)
        {
            rows.TryAdd($"{i:00}", i % 3, $"W{i / 3:00}");
        }

        ushort[] classes = [.. Enumerable.Range(0, 30).Select(i => (ushort)(i % 5 == 0 ? 0 : i % 3))];
        var predictions = new PredictionSet
        {
            Split = "test2",
            Classes = classes,
            Hash = "",
        };
        var byWell = SplitEvaluator.Evaluate(rows.ToLabels(), predictions, Sample.Classes, "well");
        var byPlate = SplitEvaluator.Evaluate(rows.ToLabels(), predictions, Sample.Classes, "plate");

        Assert.StartsWith("by well (Korn and Graubard)", byWell.IntervalMethod);
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
    private static (ushort[] Actual, ushort[] Predicted, Clusters Clusters) Wells(params int[][] classes)
    {
        List<ushort> actual = [],
            predicted = [];
        List<int> ids = [];
        var well = 0;
        for (var k = 0; k < classes.Length; k++)
        {
            foreach (var right in classes[k])
            {
                actual.AddRange(Enumerable.Repeat((ushort)k, 10));
                predicted.AddRange(Enumerable.Range(0, 10).Select(i => (ushort)(i < right ? k : 1 - k)));
                ids.AddRange(Enumerable.Repeat(well++, 10));
            }
        }

        return ([.. actual], [.. predicted], new Clusters("well", [.. ids], well));
    }
}
