using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Mixes;

/// <summary>Weighted errors, their intervals, tests and ranges by hand and by their properties.</summary>
public sealed class MixTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Equal_weights_give_the_balanced_error()
    {
        var (actual, predicted) = (Draw(3, 200, 1), Draw(3, 200, 2));
        var score = Score(actual, predicted, new ClassMix([2, 2, 2]));

        Assert.Equal(ConfusionMatrix.Count(actual, predicted, 3).BalancedError, score.Error, Tolerance);
    }

    [Fact]
    public void A_single_class_gives_one_minus_its_sensitivity()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1, 1, 1];
        ushort[] predicted = [0, 0, 0, 1, 0, 0, 1, 1];

        Assert.Equal(0.25, Score(actual, predicted, new ClassMix([1, 0])).Error, Tolerance);
        Assert.Equal(0.5, Score(actual, predicted, new ClassMix([0, 7])).Error, Tolerance);
        Assert.Equal((0.9 * 0.25) + (0.1 * 0.5), Score(actual, predicted, new ClassMix([0.9, 0.1])).Error, Tolerance);
    }

    [Fact]
    public void Costs_multiply_the_confusions_that_they_name()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1];
        ushort[] predicted = [0, 0, 1, 2, 1, 0];
        var mix = new ClassMix([1, 1, 1], new Dictionary<(int, int), double> { [(0, 2)] = 5, [(1, 0)] = 0 });

        // Class 0: one mistake of cost 1 and one of cost 5 in four images. Class 1: one mistake without cost. Class 2 has no images.
        Assert.Equal(6.0 / 4 / 2, Score(actual, predicted, mix).Error, Tolerance);
    }

    [Fact]
    public void A_class_without_images_leaves_its_weight_to_the_others()
    {
        ushort[] actual = [0, 0, 1, 1];
        ushort[] predicted = [0, 1, 1, 1];

        Assert.Equal(0.25, Score(actual, predicted, new ClassMix([1, 1, 98])).Error, Tolerance);
        Assert.Throws<ArgumentException>(() => Score(actual, predicted, new ClassMix([0, 0, 1])));
    }

    [Fact]
    public void The_score_of_several_splits_is_their_mean()
    {
        ushort[] actual = [0, 0, 1, 1];
        var split = CreateSplit(actual, 2);
        var layout = new MixLayout([split, split], new ClassMix([1, 1]));
        var score = layout.Score([split.Count([0, 1, 1, 1]), split.Count([1, 1, 1, 1])]);

        Assert.Equal((0.25 + 0.5) / 2, score.Error, Tolerance);
        Assert.Equal(1, layout.LargestError, Tolerance);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(0.5, 1)]
    public void An_interval_contains_its_error_and_is_never_empty(double first, double second)
    {
        var actual = Draw(2, 400, 3);
        foreach (var predicted in new[] { actual, [.. actual.Select(k => (ushort)(1 - k))], Draw(2, 400, 4) })
        {
            var score = Score(actual, predicted, new ClassMix([first, second]));
            var limits = score.ComputeInterval().Limits;

            Assert.InRange(score.Error, limits.Lower, limits.Upper);
            Assert.True(limits.Upper - limits.Lower > 0.005);
            Assert.InRange(limits.Lower, 0, 1);
            Assert.InRange(limits.Upper, 0, 1);
        }
    }

    [Fact]
    public void The_interval_of_one_class_per_image_is_Wilsons()
    {
        ushort[] actual = [.. Enumerable.Repeat((ushort)0, 40), .. Enumerable.Repeat((ushort)1, 40)];
        ushort[] predicted = [.. Enumerable.Repeat((ushort)0, 33), .. Enumerable.Repeat((ushort)1, 47)];
        var limits = Score(actual, predicted, new ClassMix([1, 0])).ComputeInterval().Limits;
        var expected = Wilson.Compute(7, 40);

        Assert.Equal(expected.Lower, limits.Lower, 1e-8);
        Assert.Equal(expected.Upper, limits.Upper, 1e-8);
    }

    [Fact]
    public void Images_that_are_alike_in_wells_widen_the_interval()
    {
        ushort[] actual = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i / 20 % 2))];
        int[] wells = [.. Enumerable.Range(0, 400).Select(i => i / 20)];
        ushort[] predicted = [.. actual.Select((k, i) => (ushort)(wells[i] % 7 == 3 ? 1 - k : k))];
        var byWell = Score(MixSplit.Create(actual, 2, new Clusters("well", wells, 20)), predicted, new ClassMix([1, 1])).ComputeInterval();
        var perImage = Score(actual, predicted, new ClassMix([1, 1])).ComputeInterval();

        Assert.True(byWell.Design > 5);
        Assert.True(byWell.Limits.Upper > perImage.Limits.Upper + 0.05);
        Assert.False(byWell.IsReliable);
        Assert.True(perImage.IsReliable);
    }

    [Fact]
    public void Mistakes_without_cost_give_an_interval_of_0()
    {
        ushort[] actual = [0, 0, 1, 1];
        var free = new Dictionary<(int, int), double> { [(0, 1)] = 0, [(1, 0)] = 0 };
        var score = Score(actual, [1, 0, 0, 1], new ClassMix([1, 1], free));

        Assert.Equal(0, score.Error);
        Assert.Equal(new Interval(0, 0), score.ComputeInterval().Limits);
    }

    [Fact]
    public void A_class_with_a_single_well_counts_per_image()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1];
        var split = MixSplit.Create(actual, 2, new Clusters("well", [0, 0, 1, 1, 2, 2], 3));

        Assert.Equal(MixSplit.Image, split.Unit);
    }

    [Fact]
    public void Identical_entries_share_the_first_rank_and_differ_from_none()
    {
        var actual = Draw(3, 300, 5);
        var split = CreateSplit(actual, 3);
        var layout = new MixLayout([split], new ClassMix([1, 2, 3]));
        var scores = Enumerable.Range(0, 4).Select(_ => layout.Score([split.Count(Draw(3, 300, 6))])).ToList();

        var ranks = MixRanks.Compute(layout, scores, TestContext.Current.CancellationToken);
        Assert.All(ranks, rank => Assert.Equal(new RankInterval(1, 1, 4, true), rank));
        Assert.Equal(1, MixPair.Compute(layout, scores[0], scores[1]).P);
    }

    [Fact]
    public void A_clearly_better_entry_is_first_alone()
    {
        var actual = Draw(2, 1000, 7);
        var split = CreateSplit(actual, 2);
        var layout = new MixLayout([split], new ClassMix([1, 1]));
        var ranks = MixRanks.Compute(
            layout,
            [layout.Score([split.Count(Draw(2, 1000, 8))]), layout.Score([split.Count(actual)])],
            TestContext.Current.CancellationToken
        );

        Assert.Equal([new RankInterval(2, 2, 2, false), new RankInterval(1, 1, 1, true)], ranks);
    }

    [Fact]
    public void Counts_of_many_classes_equal_those_of_a_table()
    {
        const int Classes = 200;
        ushort[] actual = [.. Draw(Classes, 6000, 9)];
        var predicted = Draw(Classes, 6000, 10);
        var split = CreateSplit(actual, Classes);
        var layout = new MixLayout([split], new ClassMix([.. Enumerable.Range(0, Classes).Select(k => 1.0 + (k % 3))]));
        var matrix = ConfusionMatrix.Count(actual, predicted, Classes);
        double[] weights = [.. Enumerable.Range(0, Classes).Select(k => matrix.ClassImages(k) > 0 ? 1.0 + (k % 3) : 0)];
        var expected = weights.Select((w, k) => w * (1 - (matrix.Sensitivity(k) ?? 1))).Sum() / weights.Sum();
        var score = layout.Score([split.Count(predicted)]);
        var mistakes = MixMistake.FindLargest(layout, [split.Count(predicted)], int.MaxValue);

        Assert.Equal(expected, score.Error, Tolerance);
        Assert.Equal(score.Error, mistakes.Sum(m => m.Error), 1e-10);
    }

    [Fact]
    public void The_range_of_two_entries_ends_where_their_errors_are_equal()
    {
        // Errors 0.1 + 0.4 w and 0.3 - 0.1 w cross at w = 0.4.
        var ranges = MixRange.Find([0.1, 0.3], [0.5, 0.2], 0);

        Assert.Equal(2, ranges.Count);
        Assert.Equal((0, 0.0), (ranges[0].Entry, ranges[0].From));
        Assert.Equal(0.4, ranges[0].To, Tolerance);
        Assert.Equal((1, ranges[0].To, 1.0), (ranges[1].Entry, ranges[1].From, ranges[1].To));
    }

    [Fact]
    public void Ranges_name_the_entry_with_the_lowest_error_at_every_weight()
    {
        var mix = new SplitMix(11);
        for (var run = 0; run < 200; run++)
        {
            var entries = 1 + mix.Below(12);
            double[] others = [.. Enumerable.Range(0, entries).Select(_ => Math.Round(mix.NextDouble(), 1))];
            double[] own = [.. Enumerable.Range(0, entries).Select(_ => Math.Round(mix.NextDouble(), 1))];
            var ranges = MixRange.Find(others, own, 0.25);

            Assert.Equal(0.25, ranges[0].From);
            Assert.Equal(1, ranges[^1].To);
            foreach (var range in ranges)
            {
                var middle = (range.From + range.To) / 2;
                var errors = Enumerable.Range(0, entries).Select(i => ((1 - middle) * others[i]) + (middle * own[i])).ToList();
                Assert.Equal(errors.Min(), errors[range.Entry], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Rejects_weights_that_are_no_mix(double first, double second) =>
        Assert.Throws<ArgumentException>(() => new ClassMix([first, second]));

    private static MixedScore Score(ushort[] actual, ushort[] predicted, ClassMix mix) =>
        Score(CreateSplit(actual, mix.ClassCount), predicted, mix);

    private static MixedScore Score(MixSplit split, ushort[] predicted, ClassMix mix) =>
        new MixLayout([split], mix).Score([split.Count(predicted)]);

    /// <summary>A split without clusters.</summary>
    private static MixSplit CreateSplit(ushort[] actual, int classes) =>
        MixSplit.Create(actual, classes, new Clusters("well", new int[actual.Length], 1));

    private static ushort[] Draw(int classes, int images, ulong seed)
    {
        var mix = new SplitMix(seed << 32);
        var labels = new ushort[images];
        for (var i = 0; i < images; i++)
        {
            labels[i] = (ushort)mix.Below(classes);
        }

        return labels;
    }
}
