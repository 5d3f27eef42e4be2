using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>The tests of two entries by any metric.</summary>
public sealed class MetricRankingLayoutTests
{
    private const int Classes = 3;

    /// <summary>Two ways to the same number: the tests of the balanced error, and those of influences.</summary>
    [Theory]
    [InlineData(MetricId.BalancedError)]
    [InlineData(MetricId.BalancedAccuracy)]
    public void The_balanced_error_has_the_same_variance_by_cluster_as_in_its_own_tests(MetricId id)
    {
        var (labels, first, second) = Draw(600, 40);
        var benchmark = CreateBenchmark(id, 2, 1);
        SplitPart[] parts = [new(labels, null), new(labels, null)];
        var own = new RankingLayout(parts, Classes, "well", [2.0 / 3, 1.0 / 3]);
        var general = new MetricRankingLayout(parts, benchmark);

        var expected = own.Compare(own.Encode([first, second]), own.Encode([second, first]));
        var compared = general.Compare(general.Encode([first, second]), general.Encode([second, first]));

        Assert.Equal(expected.Value, compared.Value, 1e-12);
        Assert.Equal(expected.ByCluster!.Value.Variance, compared.ByCluster!.Value.Variance, 1e-12);
        Assert.Equal(expected.ByCluster.Value.Degrees, compared.ByCluster.Value.Degrees, 1e-9);
        Assert.Equal((own.Unit, own.Units), (general.Unit, general.Units));
    }

    [Fact]
    public void An_entry_does_not_differ_from_itself()
    {
        var (labels, first, _) = Draw(600, 40);
        var layout = new MetricRankingLayout([new SplitPart(labels, null)], CreateBenchmark(MetricId.MacroF1, 1));
        var encoded = layout.Encode([first]);

        Assert.Equal((0, 1), (layout.Compare(encoded, encoded).Value, layout.ComputeP(encoded, encoded)));
    }

    [Fact]
    public void A_worse_entry_differs_by_every_metric_of_labels()
    {
        var (labels, first, _) = Draw(900, 60);
        var worse = first with { Classes = [.. first.Classes.Select((k, i) => i % 3 == 0 ? (ushort)((k + 1) % Classes) : k)] };
        MetricId[] ofLabels = [.. MetricInfo.All.Where(m => m is { NeedsProbabilities: false, NeedsGroup: false }).Select(m => m.Id)];
        foreach (var id in ofLabels.Except([MetricId.Composite]))
        {
            var layout = MetricRankingLayout.Create([new SplitPart(labels, null)], CreateBenchmark(id, 1));
            var (good, bad) = (layout.Encode([first]), layout.Encode([worse]));

            Assert.True(layout.Compare(good, bad).Value > 0, $"{id}");
            Assert.True(layout.ComputeP(good, bad) < 0.01, $"{id}");
            Assert.Equal(layout.ComputeP(good, bad), layout.ComputeP(bad, good), 1e-12);
        }
    }

    [Fact]
    public void Sketches_of_many_units_keep_distances()
    {
        var random = new SplitMix(3);
        double[] first = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextDouble() - 0.5)];
        double[] second = [.. first.Select(v => v + (0.2 * (random.NextDouble() - 0.5)))];
        var exact = first.Zip(second, (a, b) => (a - b) * (a - b)).Sum();

        var distance = UnitSketch.ComputeDistance(UnitSketch.Compute(first), UnitSketch.Compute(second));

        Assert.InRange(distance / exact, 0.9, 1.1);
        Assert.Equal(0, UnitSketch.ComputeDistance(UnitSketch.Compute(first), UnitSketch.Compute(first)));
    }

    [Fact]
    public void A_metric_that_is_not_defined_cannot_be_tested()
    {
        var (labels, first, _) = Draw(60, 6);
        var layout = new MetricRankingLayout([new SplitPart(labels, null)], CreateBenchmark(MetricId.LogLoss, 1));

        var error = Assert.Throws<ArgumentException>(() => layout.Encode([first]));
        Assert.Contains("logLoss is not defined for test1", error.Message, StringComparison.Ordinal);
    }

    private static Benchmark CreateBenchmark(MetricId metric, params double[] weights) =>
        new()
        {
            Slug = "cells",
            Name = "Cells",
            Summary = "Cells",
            Classes = [.. Enumerable.Range(0, Classes).Select(k => new ClassLabel(k, $"{k}", $"{k}"))],
            Splits = [],
            Cluster = "well",
            Ranking = new Ranking(metric, [.. weights.Select((_, i) => $"test{i + 1}")]) { Weights = weights.Length > 1 ? weights : null },
        };

    private static (SplitLabels Labels, PredictionSet First, PredictionSet Second) Draw(int images, int wells)
    {
        var random = new SplitMix(5);
        int[] actual = [.. Enumerable.Range(0, images).Select(i => i % Classes)];
        var labels = Sample.Labels(actual).With("well", [.. Enumerable.Range(0, images).Select(i => $"w{i / Classes % wells}")]);
        ushort[] Predict(ref SplitMix mix, double error)
        {
            var predicted = new ushort[images];
            for (var i = 0; i < images; i++)
            {
                predicted[i] = (ushort)(mix.NextDouble() < error ? (actual[i] + 1) % Classes : actual[i]);
            }

            return predicted;
        }

        return (
            labels,
            PredictionSet.OfClasses("test1", Predict(ref random, 0.1)),
            PredictionSet.OfClasses("test1", Predict(ref random, 0.2))
        );
    }
}
