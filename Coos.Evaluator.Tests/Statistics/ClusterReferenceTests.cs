using System.Text.Json;
using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>
/// Compares variances, degrees of freedom, intervals and p values by cluster with References/clusters.json, which
/// References/clusters.py computed from dense matrices with NumPy and SciPy.
/// </summary>
public sealed class ClusterReferenceTests
{
    private const double Tolerance = 1e-9;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "clusters.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    [Fact]
    public void Variances_and_degrees_of_freedom_equal_those_of_dense_matrices() =>
        Each(
            (split, row) =>
            {
                var layout = new ClusterLayout(split.Actual, split.ClassCount, split.Clusters);
                var variance = layout.ComputeVariance(layout.ComputeDeviations(layout.CountErrors(split.First)))!.Value;

                AssertRelative(row, "variance", variance.Variance);
                AssertRelative(row, "degrees", variance.Degrees);
                AssertRelative(row, "largestShare", variance.LargestShare);
                AssertRelative(row, "effectiveClusters", variance.EffectiveClusters);
                var weights = Enumerable.Repeat(1.0 / split.ClassCount, split.ClassCount).ToArray();
                var weighted = layout.ComputeWeightedVariance(layout.CountErrors(split.First), weights)!.Value;
                Assert.Equal(1, weighted.Variance / variance.Variance, Tolerance);
                Assert.Equal(1, weighted.Degrees / variance.Degrees, Tolerance);
            }
        );

    [Fact]
    public void Limits_of_the_balanced_error_equal_SciPys_beta_quantiles() =>
        Each(
            (split, row) =>
            {
                var layout = new ClusterLayout(split.Actual, split.ClassCount, split.Clusters);
                var variance = layout.ComputeVariance(layout.ComputeDeviations(layout.CountErrors(split.First)))!.Value;
                var confusion = ConfusionMatrix.Count(split.Actual, split.First, split.ClassCount);

                var limits = ClusterIntervals.Limit(confusion.BalancedError, variance);

                AssertRelative(row, "error", confusion.BalancedError);
                AssertRelative(row, "lower", limits.Lower);
                AssertRelative(row, "upper", limits.Upper);
                var whole = ClusterIntervals.Compute(split.Actual, split.First, split.ClassCount, split.Clusters);
                var perImage = BalancedErrorInterval.ComputePerImage(confusion);
                Assert.Equal(limits.Hull(perImage), whole?.BalancedError ?? limits.Hull(perImage));
                Assert.Equal(layout.MinClusterCount < ClusterIntervals.MinClusters, whole is null);
            }
        );

    [Fact]
    public void The_paired_p_equals_SciPys_tail_and_agrees_with_the_interval() =>
        Each(
            (split, row) =>
            {
                var comparison = PairedComparison.Compute(split.Actual, split.First, split.Second, split.ClassCount, split.Clusters);
                var byCluster = comparison.Variances.ByCluster!.Value;

                AssertRelative(row, "difference", comparison.Difference);
                AssertRelative(row, "pairedVariance", byCluster.Variance);
                AssertRelative(row, "pairedDegrees", byCluster.Degrees);
                AssertRelative(row, "p", byCluster.ComputeP(comparison.Difference));
                var perImage = Normal.TwoSided(comparison.Difference / Math.Sqrt(comparison.Variances.PerImage));
                Assert.Equal(Math.Max(perImage, byCluster.ComputeP(comparison.Difference)), comparison.P);
                Assert.Equal(comparison.P > 0.05, comparison.Interval is { Lower: <= 0, Upper: >= 0 });
            }
        );

    [Fact]
    public void Students_quantiles_and_tails_equal_SciPy_for_fractional_degrees() =>
        Assert.All(
            References.Value.GetProperty("students").EnumerateArray(),
            row =>
            {
                var degrees = row.GetProperty("degrees").GetDouble();
                AssertRelative(row, "quantile", Student.Quantile975(degrees));
                AssertRelative(row, "upperTail", Student.UpperTail(row.GetProperty("t").GetDouble(), degrees));
            }
        );

    private static void Each(Action<ReferenceSplit, JsonElement> check)
    {
        var rows = References.Value.GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => check(ReferenceSplit.From(row), row));
    }

    private static void AssertRelative(JsonElement row, string name, double actual) =>
        Assert.Equal(1, actual / row.GetProperty(name).GetDouble(), Tolerance);

    /// <summary>The images of a case: of each cluster and class, the first ones are wrong.</summary>
    private sealed record ReferenceSplit(ushort[] Actual, ushort[] First, ushort[] Second, int ClassCount, Clusters Clusters)
    {
        public static ReferenceSplit From(JsonElement row)
        {
            var (images, errors, others) = (Read(row, "images"), Read(row, "errors"), Read(row, "otherErrors"));
            var classes = images[0].Length;
            List<ushort> actual = [],
                first = [],
                second = [];
            List<int> ids = [];
            for (var g = 0; g < images.Length; g++)
            {
                for (var k = 0; k < classes; k++)
                {
                    for (var i = 0; i < images[g][k]; i++)
                    {
                        actual.Add((ushort)k);
                        first.Add((ushort)(i < errors[g][k] ? (k + 1) % classes : k));
                        second.Add((ushort)(i < others[g][k] ? (k + 1) % classes : k));
                        ids.Add(g);
                    }
                }
            }

            return new ReferenceSplit([.. actual], [.. first], [.. second], classes, new Clusters("well", [.. ids], images.Length));
        }

        private static int[][] Read(JsonElement row, string name) =>
            [.. row.GetProperty(name).EnumerateArray().Select(r => r.EnumerateArray().Select(n => n.GetInt32()).ToArray())];
    }
}
