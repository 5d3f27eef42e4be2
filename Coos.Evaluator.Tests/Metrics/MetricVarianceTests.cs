using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>The variance that follows from the influences of images is that of resampled images.</summary>
public sealed class MetricVarianceTests
{
    private const int Classes = 4;
    private const int Images = 800;
    private const int Wells = 160;

    private static readonly Ranking Plan = new(MetricId.BalancedError, []) { Group = "well", K = 2 };

    public static TheoryData<MetricId> Linear => [.. Enum.GetValues<MetricId>().Where(id => Metric.Get(id) is LinearMetric)];

    [Theory]
    [MemberData(nameof(Linear))]
    public void Variances_per_image_equal_those_of_resampled_images_of_each_class(MetricId id)
    {
        var (labels, predictions) = Draw(7);
        var split = new MetricSplit(labels, Classes, null, Plan);
        int[][] units = [.. Enumerable.Range(0, Images).Select(i => new[] { i })];

        Compare(Metric.Get(id), split, predictions, units, i => labels.Classes[units[i][0]]);
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Variances_by_well_equal_those_of_resampled_wells(MetricId id)
    {
        var (labels, predictions) = Draw(8);
        var split = new MetricSplit(labels, Classes, "well", Plan);
        int[][] units = [.. Enumerable.Range(0, Images).GroupBy(i => labels.Wells![i]).Select(g => g.ToArray())];

        // Each well holds one class, so that wells are drawn within classes.
        Compare(Metric.Get(id), split, predictions, units, i => labels.Classes[units[i][0]]);
    }

    private static void Compare(Metric metric, MetricSplit split, PredictionSet predictions, int[][] units, Func<int, int> stratumOf)
    {
        const int Resamples = 1500;
        var estimate = metric.Estimate(split, predictions)!;
        var variance = split.Clusters is null ? estimate.Deviations.PerImage : estimate.Deviations.Clusters!.Sum(d => d * d);
        int[][] strata = [.. Enumerable.Range(0, units.Length).GroupBy(stratumOf).Select(g => g.ToArray())];
        var random = new SplitMix(11);
        var losses = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            List<int> drawn = [];
            foreach (var stratum in strata)
            {
                for (var i = 0; i < stratum.Length; i++)
                {
                    drawn.AddRange(units[stratum[random.Below(stratum.Length)]]);
                }
            }

            int[] positions = [.. drawn];
            losses[r] = metric.Estimate(split.Select(positions), predictions.Select(positions))!.Loss;
        }

        var mean = losses.Average();
        var resampled = losses.Sum(l => (l - mean) * (l - mean)) / (Resamples - 1);
        Assert.InRange(Math.Sqrt(variance / resampled), 0.9, 1.1);
    }

    /// <summary>Images of four classes in wells of five, with an effect of the well on how hard its images are.</summary>
    private static (SplitLabels Labels, PredictionSet Predictions) Draw(ulong seed)
    {
        var random = new SplitMix(seed);
        int[] actual = [.. Enumerable.Range(0, Images).Select(i => i / (Images / Wells) % Classes)];
        double[] effects = [.. Enumerable.Range(0, Wells).Select(_ => random.NextDouble())];
        var (predicted, probabilities) = (new ushort[Images], new double[Images * Classes]);
        for (var i = 0; i < Images; i++)
        {
            var row = new double[Classes];
            for (var k = 0; k < Classes; k++)
            {
                row[k] = random.NextDouble() + (k == actual[i] ? 1.2 * effects[i / (Images / Wells)] : 0.1 * k);
            }

            var sum = row.Sum();
            for (var k = 0; k < Classes; k++)
            {
                probabilities[(i * Classes) + k] = row[k] / sum;
            }

            predicted[i] = (ushort)Array.IndexOf(row, row.Max());
        }

        var labels = Sample.Labels(actual).With("well", [.. Enumerable.Range(0, Images).Select(i => $"w{i / (Images / Wells)}")]);
        return (
            labels,
            new PredictionSet
            {
                Split = "test1",
                Classes = predicted,
                Probabilities = probabilities is null ? null : new ClassProbabilities(probabilities, Classes),
                Hash = "",
            }
        );
    }
}
