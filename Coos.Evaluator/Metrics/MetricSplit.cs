using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Metrics;

/// <summary>The labels of a split, or of some of its images, as metrics read them.</summary>
public sealed class MetricSplit
{
    /// <summary>Lays out the labels of a split.</summary>
    /// <param name="labels">The labels, of at least one image.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <param name="ranking">Which group, k and percentile the metrics use.</param>
    public MetricSplit(SplitLabels labels, int classCount, string? cluster, Ranking ranking)
        : this(labels.Classes, classCount, ranking)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Clusters = Clusters.Outermost(labels, cluster);
        Group = ranking.Group is { } column ? GroupColumn.Find(labels, column) : null;
    }

    private MetricSplit(ushort[] actual, int classCount, Ranking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        (Actual, ClassCount, Ranking) = (actual, classCount, ranking);
        ClassImages = new int[classCount];
        foreach (var k in actual)
        {
            ClassImages[k]++;
        }

        Present = ClassImages.Count(n => n > 0);
    }

    private MetricSplit(MetricSplit whole, int[] positions, ushort[] actual, int classCount)
        : this(actual, classCount, whole.Ranking)
    {
        Clusters = whole.Clusters is { } clusters ? clusters with { Ids = [.. positions.Select(i => clusters.Ids[i])] } : null;
        Group = whole.Group?.Select(positions);
    }

    /// <summary>The true class of each image.</summary>
    public ushort[] Actual { get; }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>n_k, the number of images of each class.</summary>
    public int[] ClassImages { get; }

    /// <summary>K', the number of classes with images.</summary>
    public int Present { get; }

    /// <summary>Which group, k and percentile the metrics use.</summary>
    public Ranking Ranking { get; }

    /// <summary>The clusters of the images; null if images are independent.</summary>
    public Clusters? Clusters { get; }

    /// <summary>The groups that the metrics of groups compare; null if the labels have none.</summary>
    public GroupColumn? Group { get; }

    /// <summary>The layout of the clusters for the balanced error; null if images are independent.</summary>
    internal ClusterLayout? ClusterLayout => Clusters is null ? null : field ??= new ClusterLayout(Actual, ClassCount, Clusters);

    /// <summary>The layout for a metric that weights images alike.</summary>
    internal UnitLayout ByImages => field ??= new UnitLayout(this, isBalanced: false);

    /// <summary>The layout for a metric that weights classes alike.</summary>
    internal UnitLayout ByClasses => field ??= new UnitLayout(this, isBalanced: true);

    /// <summary>Selects images.</summary>
    /// <param name="positions">The positions of the images in this part, ascending.</param>
    public MetricSplit Select(int[] positions) => new(this, positions, SelectActual(positions), ClassCount);

    /// <summary>
    /// Selects images, and numbers their classes anew from 0 in the same order, so that a part of few classes takes little memory.
    /// </summary>
    /// <param name="positions">The positions of the images in this part, ascending.</param>
    internal MetricSplit SelectPresent(int[] positions)
    {
        var actual = SelectActual(positions);
        ushort[] present = [.. actual.Distinct().Order()];
        return new MetricSplit(this, positions, [.. actual.Select(k => (ushort)Array.BinarySearch(present, k))], present.Length);
    }

    private ushort[] SelectActual(int[] positions) => [.. positions.Select(i => Actual[i])];
}
