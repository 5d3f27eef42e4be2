using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>What rounding probabilities of many classes to 32 bits does to the metrics: docs/decisions/0103-many-classes.md.</summary>
public sealed class SinglePrecisionTests
{
    private const int Classes = 300;
    private const int Images = 2000;
    private const double StatedError = 1e-6;

    [Fact]
    public void Each_metric_of_probabilities_changes_by_less_than_a_millionth()
    {
        var (labels, doubles) = Draw();
        var floats = new ClassProbabilities([.. doubles.Select(p => (float)p)], Classes);
        var wide = new ClassProbabilities(doubles, Classes);
        var split = new MetricSplit(Sample.Labels(labels), Classes, null, new Ranking(MetricId.BalancedError, []));
        MetricId[] metrics = [.. MetricInfo.All.Where(m => m.NeedsProbabilities).Select(m => m.Id)];

        Assert.NotEmpty(metrics);
        Assert.True(floats.IsSingle && !wide.IsSingle);
        Assert.All(metrics, id => Assert.Equal(Compute(Metric.Get(id), split, wide), Compute(Metric.Get(id), split, floats), StatedError));
        ushort[] actual = [.. labels.Select(k => (ushort)k)];
        var (single, full) = (Calibration.Compute(actual, floats), Calibration.Compute(actual, wide));
        Assert.Equal(full.ExpectedCalibrationError, single.ExpectedCalibrationError, StatedError);
    }

    [Fact]
    public void Probabilities_are_selected_and_read_alike_in_both_precisions()
    {
        double[] values = [0.5, 0.25, 0.25, 0, 1, 0, 0.125, 0.125, 0.75];
        var (wide, single) = (new ClassProbabilities(values, 3), new ClassProbabilities([.. values.Select(v => (float)v)], 3));
        Span<double> buffer = stackalloc double[3];

        foreach (var probabilities in new[] { wide, single })
        {
            Assert.Equal((3, 3), (probabilities.Images, probabilities.ClassCount));
            Assert.Equal(values, probabilities.ToArray());
            Assert.Equal(0.75, probabilities[2, 2]);
            Assert.Equal([0, 1, 0], probabilities.RowOf(1, buffer).ToArray());
            Assert.Equal([0.125, 0.125, 0.75, 0.5, 0.25, 0.25], probabilities.Select([2, 0]).ToArray());
        }
    }

    private static double Compute(Metric metric, MetricSplit split, ClassProbabilities probabilities) =>
        metric
            .Estimate(
                split,
                new PredictionSet
                {
                    Split = "test1",
                    Classes = [.. split.Actual],
                    Probabilities = probabilities,
                    Hash = "",
                }
            )!
            .Value;

    private static (int[] Labels, double[] Probabilities) Draw()
    {
        var random = new Random(18);
        int[] labels = [.. Enumerable.Range(0, Images).Select(i => i % Classes)];
        var values = new double[Images * Classes];
        for (var i = 0; i < Images; i++)
        {
            var row = values.AsSpan(i * Classes, Classes);
            foreach (ref var value in row)
            {
                value = Math.Exp(3 * random.NextDouble());
            }

            row[labels[i]] *= Math.Exp(8 * random.NextDouble());
            var sum = 0.0;
            foreach (var value in row)
            {
                sum += value;
            }

            foreach (ref var value in row)
            {
                value /= sum;
            }
        }

        return (labels, values);
    }
}
