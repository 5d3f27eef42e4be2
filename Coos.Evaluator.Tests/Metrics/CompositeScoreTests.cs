using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>A composite score is the weighted mean of its metrics, and varies as they do together.</summary>
public sealed class CompositeScoreTests
{
    private const int Classes = 3;
    private const int Images = 600;

    private static readonly Ranking Mixed = new(MetricId.Composite, ["test1"])
    {
        Mixture = new Dictionary<string, IReadOnlyList<MetricShare>>
        {
            ["test1"] = [new(MetricId.MacroF1, 0.5), new(MetricId.Error, 0.3), new(MetricId.BalancedAccuracy, 0.2)],
        },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("well")]
    public void The_value_is_the_weighted_mean_with_errors_reversed(string? cluster)
    {
        var (labels, predictions) = Draw(3);
        var split = new MetricSplit(labels, Classes, cluster, Mixed);

        var composite = Metric.Get(MetricId.Composite).Estimate(split, predictions)!;

        double ValueOf(MetricId id) => Metric.Get(id).Estimate(split, predictions)!.Value;
        var expected =
            (0.5 * ValueOf(MetricId.MacroF1)) + (0.3 * (1 - ValueOf(MetricId.Error))) + (0.2 * ValueOf(MetricId.BalancedAccuracy));
        Assert.Equal(expected, composite.Value, 1e-12);
        Assert.InRange(composite.Value, composite.ValueInterval!.Value.Lower, composite.ValueInterval.Value.Upper);
    }

    /// <summary>One metric with the whole weight has its own variance and paired test.</summary>
    [Theory]
    [InlineData(MetricId.MacroF1)]
    [InlineData(MetricId.Accuracy)]
    public void A_mixture_of_one_metric_is_that_metric(MetricId id)
    {
        var (labels, first) = Draw(4);
        var (_, second) = Draw(5);
        var alone = Create(new Ranking(id, ["test1"]));
        var mixed = Create(
            new Ranking(MetricId.Composite, ["test1"])
            {
                Mixture = new Dictionary<string, IReadOnlyList<MetricShare>> { ["test1"] = [new(id, 1)] },
            }
        );

        Assert.Equal(P(alone), P(mixed), 1e-12);
        Assert.Equal(Limits(alone), Limits(mixed));

        double P(Benchmark benchmark)
        {
            var layout = new MetricRankingLayout([new SplitPart(labels, null)], benchmark);
            return layout.ComputeP(layout.Encode([first]), layout.Encode([second]));
        }

        Interval Limits(Benchmark benchmark) =>
            Metric
                .Get(benchmark.Ranking.Metric)
                .Estimate(new MetricSplit(labels, Classes, "well", benchmark.Ranking), first)!
                .LossInterval!.Value;
    }

    /// <summary>The metrics are of the same images, so their variances do not simply add.</summary>
    [Fact]
    public void The_variance_is_that_of_resampled_images()
    {
        const int Resamples = 2000;
        var (labels, predictions) = Draw(6);
        var split = new MetricSplit(labels, Classes, null, Mixed);
        var composite = Metric.Get(MetricId.Composite);
        var variance = composite.Estimate(split, predictions)!.Deviations.PerImage;
        int[][] strata = [.. Enumerable.Range(0, Images).GroupBy(i => (int)labels.Classes[i]).Select(g => g.ToArray())];
        var random = new SplitMix(12);
        var losses = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            List<int> drawn = [];
            foreach (var stratum in strata)
            {
                for (var i = 0; i < stratum.Length; i++)
                {
                    drawn.Add(stratum[random.Below(stratum.Length)]);
                }
            }

            drawn.Sort();
            losses[r] = composite.Estimate(split.Select([.. drawn]), predictions.Select(drawn))!.Loss;
        }

        var mean = losses.Average();
        Assert.InRange(variance / losses.Average(l => (l - mean) * (l - mean)), 0.88, 1.14);
    }

    [Fact]
    public void Without_probabilities_a_mixture_that_needs_them_has_no_value_and_says_which_metric_does()
    {
        var (labels, predictions) = Draw(7);
        var ranking = new Ranking(MetricId.Composite, ["test1"])
        {
            Mixture = new Dictionary<string, IReadOnlyList<MetricShare>>
            {
                ["test1"] = [new(MetricId.Accuracy, 0.5), new(MetricId.Auroc, 0.5)],
            },
        };

        var score = SplitEvaluator.Evaluate(
            labels,
            predictions,
            [.. Enumerable.Range(0, Classes).Select(k => new ClassLabel(k, $"{k}", $"{k}"))],
            plan: new ScorePlan(ranking, [MetricId.Composite], [])
        );

        Assert.Null(score.Metrics![0].Value);
        Assert.Equal("none: auroc needs probabilities, and the file has none", score.Metrics[0].IntervalMethod);
    }

    private static Benchmark Create(Ranking ranking) =>
        new()
        {
            Slug = "cells",
            Name = "Cells",
            Summary = "Cells",
            Classes = [.. Enumerable.Range(0, Classes).Select(k => new ClassLabel(k, $"{k}", $"{k}"))],
            Splits = [],
            Cluster = "well",
            Ranking = ranking,
        };

    private static (SplitLabels Labels, PredictionSet Predictions) Draw(ulong seed)
    {
        var random = new SplitMix(seed);
        int[] actual =
        [
            .. Enumerable
                .Range(0, Images)
                .Select(i =>
                    i % 6 < 3 ? 0
                    : i % 6 < 5 ? 1
                    : 2
                ),
        ];
        var labels = Sample.Labels(actual).With("well", [.. Enumerable.Range(0, Images).Select(i => $"w{i / 10}")]);
        var predicted = new int[Images];
        for (var i = 0; i < Images; i++)
        {
            predicted[i] = random.NextDouble() < 0.25 ? (actual[i] + 1) % Classes : actual[i];
        }

        return (labels, PredictionSet.OfClasses("test1", [.. predicted.Select(k => (ushort)k)]));
    }
}
