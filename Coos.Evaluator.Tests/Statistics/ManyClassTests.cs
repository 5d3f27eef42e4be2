using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>Intervals of thousands of classes.</summary>
public sealed class ManyClassTests
{
    /// <summary>Seven classes in twelve clusters of different sizes, as the matrices of classes compute them.</summary>
    [Fact]
    public void Degrees_of_freedom_are_the_same_from_clusters_and_from_classes()
    {
        var random = new Random(3);
        var (actual, ids) = (new List<ushort>(), new List<int>());
        for (var cluster = 0; cluster < 12; cluster++)
        {
            for (var image = 0; image < 20 + (5 * cluster); image++)
            {
                actual.Add((ushort)random.Next(7));
                ids.Add(cluster);
            }
        }

        var layout = new ClusterLayout([.. actual], 7, new Clusters("plate", [.. ids], 12));
        double[] weights = [.. Enumerable.Repeat(1 / 7.0, 7)];
        ClusterLayout.Cell[][] rows = [.. layout.EnumerateClusters().Select(c => layout.Cells[c.Start..c.End].ToArray())];
        ClusterLayout.Cell[] cells = [.. rows.SelectMany(r => r)];

        var byClasses = new StratumDegrees(cells, layout.Strata, weights).ComputeVariance(DrawSame(12)).Degrees;
        var byClusters = ManyClassDegrees.ComputeByClusters(rows, weights);
        var approximate = ManyClassDegrees.Approximate(rows, 7, weights);

        Assert.Equal(byClasses, byClusters, 1e-9);
        Assert.InRange(approximate / byClusters, 0.9, 1.1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    public void The_approximation_is_exact_for_cells_of_one_size(int clusters)
    {
        ClusterLayout.Cell[][] rows =
        [
            .. Enumerable
                .Range(0, clusters)
                .Select(g => Enumerable.Range(0, 3).Select(k => new ClusterLayout.Cell(g, k, 5, 1.0 / clusters)).ToArray()),
        ];

        Assert.Equal(clusters - 1, ManyClassDegrees.Approximate(rows, 3, [1 / 3.0, 1 / 3.0, 1 / 3.0]), 1e-9);
        Assert.Equal(clusters - 1, ManyClassDegrees.ComputeByClusters(rows, [1 / 3.0, 1 / 3.0, 1 / 3.0]), 1e-9);
    }

    /// <summary>More classes than a byte can name, in clusters that all hold all of them: the number of experiments decides.</summary>
    [Fact]
    public void A_thousand_classes_in_twelve_experiments_are_scored_by_experiment()
    {
        const int Classes = 1000;
        const int Experiments = 12;
        var rows = new LabelRows("experiment");
        var predicted = new ushort[Classes * Experiments];
        for (var i = 0; i < predicted.Length; i++)
        {
            Assert.True(rows.TryAdd($"{i:00000}", i % Classes, $"{i / Classes}"));
            predicted[i] = (ushort)((i % Classes) + (i % 3 == 0 ? 1 : 0) < Classes ? (i % Classes) + (i % 3 == 0 ? 1 : 0) : 0);
        }

        ClassLabel[] classes = [.. Enumerable.Range(0, Classes).Select(k => new ClassLabel(k, $"gene {k}", $"gene {k}"))];

        var score = SplitEvaluator.Evaluate(rows.ToLabels(), PredictionSet.OfClasses("test1", predicted), classes, "experiment");

        Assert.Equal(predicted.Index().Count(p => p.Item != p.Index % Classes), score.Images - score.Matrix!.Correct);
        Assert.Equal(1 - score.Accuracy!.Value, score.BalancedError!.Value, 1e-12);
        Assert.Contains("by experiment", score.IntervalMethod, StringComparison.Ordinal);
        Assert.True(score.BalancedErrorInterval![0] < score.BalancedError && score.BalancedError < score.BalancedErrorInterval[1]);
        Assert.Equal((Classes, null), (score.Classes.Count, score.Confusion));
        Assert.All(score.Classes, c => Assert.Equal(Experiments, c.Images));
    }

    /// <summary>Deviations of one size, so that the degrees of freedom are those of the layout alone.</summary>
    private static double[] DrawSame(int clusters) => [.. Enumerable.Range(0, clusters).Select(g => g % 2 == 0 ? 0.01 : -0.01)];
}
