namespace Coos.Evaluator.Statistics;

/// <summary>
/// The strata of a split's clusters: the connected components of the graph that links each class with the clusters that hold
/// its images. If each cluster holds one class, the strata are the classes; plates that hold all classes are one stratum.
/// </summary>
/// <remarks>
/// Classes that share clusters rise and fall together, so drawing clusters within each class would ignore their correlation.
/// Clusters of different strata share no class and are independent.
/// </remarks>
public sealed class ClusterStrata
{
    private readonly int[] _strata;
    private readonly int[] _sizes;

    private ClusterStrata(int[] strata, int[] sizes) => (_strata, _sizes) = (strata, sizes);

    /// <summary>The number of strata.</summary>
    public int Count => _sizes.Length;

    /// <summary>The number of clusters of each stratum.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>The stratum of each cluster, 0 to <see cref="Count"/> - 1.</summary>
    public IReadOnlyList<int> OfCluster => _strata;

    /// <summary>Finds the strata of a split.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    /// <exception cref="ArgumentException">The numbers of labels and cluster ids differ.</exception>
    public static ClusterStrata Find(ReadOnlySpan<ushort> actual, int classCount, Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (actual.Length != clusters.Ids.Length)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and {clusters.Ids.Length} cluster ids; the numbers must be equal.",
                nameof(clusters)
            );
        }

        // The nodes of the graph: the clusters, then the classes. Each refers towards the root of its component.
        int[] parents = [.. Enumerable.Range(0, clusters.Count + classCount)];
        for (var i = 0; i < actual.Length; i++)
        {
            var (cluster, label) = (FindRoot(parents, clusters.Ids[i]), FindRoot(parents, clusters.Count + actual[i]));
            parents[Math.Max(cluster, label)] = Math.Min(cluster, label);
        }

        var (strata, known, sizes) = (new int[clusters.Count], new Dictionary<int, int>(), new List<int>());
        for (var g = 0; g < strata.Length; g++)
        {
            var root = FindRoot(parents, g);
            if (!known.TryGetValue(root, out strata[g]))
            {
                known[root] = strata[g] = sizes.Count;
                sizes.Add(0);
            }

            sizes[strata[g]]++;
        }

        return new ClusterStrata(strata, [.. sizes]);
    }

    /// <summary>
    /// Computes the variance of a sum over clusters: the sum over strata of m/(m - 1) · sum over their m clusters of
    /// (u - mean u)², with Satterthwaite's degrees of freedom.
    /// </summary>
    /// <param name="values">The contribution u of each cluster.</param>
    /// <returns>The variance; null if a stratum has only one cluster.</returns>
    public ClusterVariance? ComputeVariance(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, _strata.Length);
        Span<double> means = _sizes.Length <= 256 ? stackalloc double[_sizes.Length] : new double[_sizes.Length];
        Span<double> squares = _sizes.Length <= 256 ? stackalloc double[_sizes.Length] : new double[_sizes.Length];
        for (var g = 0; g < values.Length; g++)
        {
            means[_strata[g]] += values[g] / _sizes[_strata[g]];
        }

        for (var g = 0; g < values.Length; g++)
        {
            var deviation = values[g] - means[_strata[g]];
            squares[_strata[g]] += deviation * deviation;
        }

        var (sum, weighted) = (0.0, 0.0);
        for (var h = 0; h < _sizes.Length; h++)
        {
            double m = _sizes[h];
            if (m < 2)
            {
                return null;
            }

            var variance = squares[h] * m / (m - 1);
            sum += variance;
            weighted += variance * variance / (m - 1);
        }

        return new ClusterVariance(sum, weighted > 0 ? Math.Max(1, sum * sum / weighted) : 1);
    }

    private static int FindRoot(int[] parents, int node)
    {
        while (parents[node] != node)
        {
            node = parents[node] = parents[parents[node]];
        }

        return node;
    }
}
