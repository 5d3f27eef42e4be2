using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Statistics;

/// <summary>A way to simulate the probabilities of classifiers: classes of different difficulty, clusters, and their groups.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Classes">K, the number of classes.</param>
/// <param name="Clusters">The number of clusters of each class, or of all classes where clusters hold all.</param>
/// <param name="ImagesPerCluster">The number of images of a cluster, of each class that it holds.</param>
/// <param name="HoldsAllClasses">Whether a cluster holds all classes, as a plate does.</param>
/// <param name="ClusterDeviation">The standard deviation of the effect of a cluster on the score of the true class.</param>
/// <param name="Advantage">How far the score of the true class is above the others, before the effects of class and group.</param>
internal sealed record MetricDesign(
    string Name,
    int Classes,
    int Clusters,
    int ImagesPerCluster,
    bool HoldsAllClasses,
    double ClusterDeviation,
    double Advantage
)
{
    /// <summary>The number of groups with fixed effects, which the worst group is of.</summary>
    public const int Groups = 4;

    /// <summary>The number of groups of images in the same design with independent groups, which the percentile is of.</summary>
    public const int Users = 80;

    /// <summary>Multiplies the number of clusters.</summary>
    public MetricDesign Enlarge(int factor) => this with { Clusters = Clusters * factor };

    /// <summary>The same images, of groups with random effects instead of clusters.</summary>
    public MetricDesign ForUsers(int users) =>
        this with
        {
            Clusters = users,
            ImagesPerCluster = Math.Max(1, 21 / Classes),
            HoldsAllClasses = true,
            ClusterDeviation = 0.6,
        };
}

/// <summary>Simulated labels with the predictions of two classifiers that are equally good.</summary>
internal sealed class MetricSample
{
    private const double EntryDeviation = 0.7;

    private readonly MetricDesign _design;
    private readonly int[] _actual;
    private readonly int[] _clusters;

    private MetricSample(MetricDesign design, ulong seed)
    {
        _design = design;
        (_actual, _clusters) = Lay(design);
        var mix = new SplitMix(seed);
        var count = _clusters[^1] + 1;
        double[] shared = [.. Enumerable.Range(0, count).Select(_ => NormalDraw.Next(ref mix))];
        double[] own = [.. Enumerable.Range(0, 2 * count).Select(_ => NormalDraw.Next(ref mix))];
        First = Predict(g => design.ClusterDeviation * ((0.8 * shared[g]) + (0.6 * own[g])), ref mix);
        Second = Predict(g => design.ClusterDeviation * ((0.8 * shared[g]) + (0.6 * own[count + g])), ref mix);
        var rows = new LabelRows("cluster", "group");
        for (var i = 0; i < _actual.Length; i++)
        {
            rows.TryAdd($"{i:D7}", _actual[i], $"c{_clusters[i]}", $"g{_clusters[i] % MetricDesign.Groups}");
        }

        Labels = rows.ToLabels();
    }

    /// <summary>The labels.</summary>
    public SplitLabels Labels { get; }

    /// <summary>The predictions of the first entry.</summary>
    public PredictionSet First { get; }

    /// <summary>The predictions of the second entry.</summary>
    public PredictionSet Second { get; }

    /// <summary>Draws a sample.</summary>
    public static MetricSample Draw(MetricDesign design, ulong seed) => new(design, seed);

    private static (int[] Actual, int[] Clusters) Lay(MetricDesign design)
    {
        List<(int Actual, int Cluster)> images = [];
        var next = 0;
        for (var c = 0; c < design.Clusters; c++)
        {
            for (var k = 0; k < design.Classes; k++)
            {
                for (var i = 0; i < design.ImagesPerCluster; i++)
                {
                    images.Add((k, next));
                }

                next += design.HoldsAllClasses ? 0 : 1;
            }

            next += design.HoldsAllClasses ? 1 : 0;
        }

        return ([.. images.Select(i => i.Actual)], [.. images.Select(i => i.Cluster)]);
    }

    private PredictionSet Predict(Func<int, double> effectOf, ref SplitMix mix)
    {
        var k = _design.Classes;
        var (classes, probabilities) = (new ushort[_actual.Length], new double[_actual.Length * k]);
        for (var i = 0; i < _actual.Length; i++)
        {
            var (actual, group) = (_actual[i], _clusters[i] % MetricDesign.Groups);
            var row = probabilities.AsSpan(i * k, k);
            var (sum, best) = (0.0, 0);
            for (var j = 0; j < k; j++)
            {
                // Classes and groups differ in difficulty: later classes are harder, and so is the last group.
                var advantage =
                    j == actual
                        ? _design.Advantage - (1.2 * actual / k) - (group == MetricDesign.Groups - 1 ? 0.4 : 0) + effectOf(_clusters[i])
                        : 0;
                row[j] = Math.Exp(advantage + (EntryDeviation * NormalDraw.Next(ref mix)));
                sum += row[j];
                best = row[j] > row[best] ? j : best;
            }

            classes[i] = (ushort)best;
            for (var j = 0; j < k; j++)
            {
                row[j] /= sum;
            }
        }

        return new PredictionSet
        {
            Split = "test1",
            Classes = classes,
            Probabilities = new ClassProbabilities(probabilities, k),
            Hash = "",
        };
    }
}
