namespace Coos.Evaluator.Statistics;

/// <summary>Compares two submissions by cluster: how many more images of each class the first predicts correctly.</summary>
internal sealed class PairedCells
{
    private readonly (int Images, int More)[] _cells;
    private readonly int _clusterCount;

    /// <summary>Counts the images of two submissions.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">Predictions of the first submission.</param>
    /// <param name="second">Predictions of the second submission.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    public PairedCells(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int classCount, Clusters clusters)
    {
        if (clusters.Ids.Length != actual.Length)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and {clusters.Ids.Length} cluster ids; the numbers must be equal.",
                nameof(clusters)
            );
        }

        _clusterCount = clusters.Count;
        _cells = new (int Images, int More)[classCount * clusters.Count];
        for (var i = 0; i < actual.Length; i++)
        {
            ref var cell = ref _cells[(actual[i] * clusters.Count) + clusters.Ids[i]];
            cell.Images++;
            cell.More += (first[i] == actual[i] ? 1 : 0) - (second[i] == actual[i] ? 1 : 0);
        }
    }

    /// <summary>Computes the contribution of each cluster to d, over all its classes.</summary>
    /// <remarks>Images are counted first: with sums of fractions, contributions that cancel would not be exactly 0.</remarks>
    /// <param name="map">The layout of the split.</param>
    public double[] ComputeValues(CorrectnessMap map)
    {
        var values = new double[_clusterCount];
        for (var k = 0; k < map.ClassImages.Count; k++)
        {
            var weight = 1.0 / Math.Max(1, (double)map.ClassImages[k] * map.Present);
            for (var g = 0; g < _clusterCount; g++)
            {
                values[g] += Class(k)[g].More * weight;
            }
        }

        return values;
    }

    /// <summary>
    /// Computes the variance of the difference of a class's sensitivities, by cluster; null with fewer than two clusters.
    /// </summary>
    /// <remarks>
    /// The variance is m/(m - 1) sum (v - d n_g)² / n_k², with v the b - c of a cluster, d the difference of the class, and n_g
    /// the number of its images in the cluster.
    /// </remarks>
    public ClusterVariance? ComputeVariance(int k)
    {
        var (images, more, count) = (0, 0, 0);
        foreach (var cell in Class(k))
        {
            images += cell.Images;
            more += cell.More;
            count += cell.Images > 0 ? 1 : 0;
        }

        if (count < 2)
        {
            return null;
        }

        var squares = 0.0;
        foreach (var cell in Class(k))
        {
            var deviation = (cell.More - ((double)more * cell.Images / images)) / images;
            squares += deviation * deviation;
        }

        return new ClusterVariance(squares * count / (count - 1), count - 1);
    }

    private ReadOnlySpan<(int Images, int More)> Class(int k) => _cells.AsSpan(k * _clusterCount, _clusterCount);
}
