using System.Text;
using Coos.Evaluator.Dials;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Dials;

public sealed class DialScorerTests
{
    private const int Images = 600;
    private const int Classes = 3;

    [Fact]
    public void A_level_has_the_error_and_the_interval_of_the_report_on_the_split()
    {
        var labels = CreateLabels();
        var predicted = Predict(labels, 0.8, seed: 1);

        var score = CreateScorer(labels).Score(predicted);
        var report = new SplitScorer(labels, CreateClasses(), "well", ScorePlan.Default).Evaluate(
            PredictionSet.OfClasses("test1", predicted)
        );

        Assert.Equal(report.BalancedError!.Value, score.BalancedError, 1e-12);
        Assert.Equal(report.BalancedErrorInterval!, score.Interval.ToArray());
        Assert.Null(score.Ranking);
    }

    [Fact]
    public void A_ranking_metric_of_classes_is_computed_and_one_of_probabilities_is_not()
    {
        var labels = CreateLabels();
        var predicted = Predict(labels, 0.8, seed: 1);

        var macro = new DialScorer(labels, Classes, "well", new Ranking(MetricId.MacroF1, ["test1"])).Score(predicted);
        var loss = new DialScorer(labels, Classes, "well", new Ranking(MetricId.LogLoss, ["test1"])).Score(predicted);

        Assert.InRange(macro.Ranking!.Value, 0.7, 0.9);
        Assert.Null(loss.Ranking);
    }

    [Fact]
    public void Levels_are_compared_image_by_image()
    {
        var labels = CreateLabels();
        var scorer = CreateScorer(labels);
        var (none, worse) = (scorer.Score(Predict(labels, 0.9, seed: 1)), scorer.Score(Predict(labels, 0.7, seed: 2)));

        var change = scorer.Compare(none, worse);

        Assert.Equal(worse.BalancedError - none.BalancedError, change.Difference, 1e-12);
        Assert.True(change.P < 0.001);
        Assert.Equal(1, scorer.Compare(none, none).P);
    }

    [Fact]
    public void The_mean_of_equal_levels_is_that_level_and_weights_count()
    {
        var labels = CreateLabels();
        var scorer = CreateScorer(labels);
        var (a, b) = (scorer.Score(Predict(labels, 0.9, seed: 1)), scorer.Score(Predict(labels, 0.7, seed: 2)));

        Assert.Equal(a.BalancedError, scorer.Average([(a, 0.5), (a, 0.5)]).Value, 1e-12);
        Assert.Equal((0.25 * a.BalancedError) + (0.75 * b.BalancedError), scorer.Average([(a, 0.25), (b, 0.75)]).Value, 1e-12);
        var mean = scorer.Average([(a, 0.5), (b, 0.5)]);
        Assert.InRange(mean.Value, mean.Interval.Lower, mean.Interval.Upper);
        Assert.True(mean.Interval.Width < Math.Max(a.Interval.Width, b.Interval.Width));
    }

    [Fact]
    public void The_interval_of_a_difference_of_means_covers_the_true_difference()
    {
        var labels = CreateLabels();
        var scorer = CreateScorer(labels);
        var covered = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            // The true difference of the means is (0.85 + 0.75) / 2 - (0.8 + 0.8) / 2 = 0.
            var first = Average(scorer, labels, seed, 0.85, 0.75);
            var second = Average(scorer, labels, seed + 1000, 0.8, 0.8);
            var difference = scorer.Compare(first, second);
            var interval = difference.ComputeInterval(difference.P);
            covered += interval.Lower <= 0 && interval.Upper >= 0 ? 1 : 0;
        }

        Assert.InRange(covered, 184, 200);
    }

    private static MeanError Average(DialScorer scorer, SplitLabels labels, ulong seed, double one, double other) =>
        scorer.Average([
            (scorer.Score(Predict(labels, one, (2 * seed) + 1)), 0.5),
            (scorer.Score(Predict(labels, other, (2 * seed) + 2)), 0.5),
        ]);

    private static DialScorer CreateScorer(SplitLabels labels) =>
        new(labels, Classes, "well", new Ranking(MetricId.BalancedError, ["test1"]));

    private static ClassLabel[] CreateClasses() => [.. Enumerable.Range(0, Classes).Select(k => new ClassLabel(k, $"Class {k}", $"C{k}"))];

    private static SplitLabels CreateLabels() =>
        new()
        {
            Images = ImageIndex.Create([.. Enumerable.Range(0, Images).Select(i => Encoding.UTF8.GetBytes($"{i:0000}"))], out _),
            Classes = [.. Enumerable.Range(0, Images).Select(i => (ushort)(i / 20 % Classes))],
            Columns = [new MetadataColumn("well", [.. Enumerable.Range(0, Images).Select(i => $"W{i / 20}")])],
            Hash = "",
        };

    private static ushort[] Predict(SplitLabels labels, double accuracy, ulong seed)
    {
        var mix = new SplitMix(seed << 20);
        return [.. labels.Classes.Select(k => mix.NextDouble() < accuracy ? k : (ushort)((k + 1) % Classes))];
    }
}
