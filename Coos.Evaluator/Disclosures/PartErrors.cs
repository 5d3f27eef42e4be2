using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Disclosures;

/// <summary>The errors of an entry on a part of a split, by class and by cluster.</summary>
internal sealed class PartErrors
{
    private readonly int[] _errors;
    private readonly ClusterLayout? _layout;
    private readonly int[] _cells;

    public PartErrors(SplitPart part, ushort[] predicted, int classCount, string? cluster)
    {
        // Whole wells are drawn, so plate effects cancel between the parts, and wells remain the unit where plates are known.
        var (actual, own, clusters) = (part.Labels.Classes, part.Select(predicted), Clusters.From(part.Labels, cluster));
        (Images, _errors) = (new int[classCount], new int[classCount]);
        for (var i = 0; i < actual.Length; i++)
        {
            Images[actual[i]]++;
            _errors[actual[i]] += actual[i] == own[i] ? 0 : 1;
        }

        _layout = clusters is null ? null : new ClusterLayout(actual, classCount, clusters);
        _cells = _layout?.CountErrors(own) ?? [];
    }

    /// <summary>The number of images of each class.</summary>
    public int[] Images { get; }

    /// <summary>Computes the mean error of the given classes.</summary>
    public double ComputeError(int[] classes) => classes.Average(k => (double)_errors[k] / Images[k]);

    /// <summary>Computes the variance of that mean for independent images.</summary>
    public double ComputeVariance(int[] classes)
    {
        var (sum, added) = (0.0, 1.0 / classes.Length);
        foreach (var k in classes)
        {
            var images = Images[k] + (2 * added);
            var share = (_errors[k] + added) / images;
            sum += share * (1 - share) / images;
        }

        return sum / classes.Length / classes.Length;
    }

    /// <summary>Computes the variance of that mean by cluster; null without clusters, or if a class has only one.</summary>
    public ClusterVariance? ComputeClusterVariance(int[] classes)
    {
        var weights = new double[Images.Length];
        foreach (var k in classes)
        {
            weights[k] = 1.0 / classes.Length;
        }

        return _layout?.ComputeWeightedVariance(_cells, weights);
    }
}
