namespace Coos.Evaluator.Statistics;

/// <summary>
/// The images of a split by class and cluster. It estimates the variance of a sum of class means, or of their differences
/// between two submissions, from the spread between clusters.
/// </summary>
/// <remarks>
/// A cell holds the images of one class in one cluster. With counts x of a cell (errors, or how many more images the first of two
/// submissions gets right), the mean e of each class and weights a (1/K' for the balanced error), a cluster contributes
/// u = sum over its classes of a (x - e n) / (n_k sqrt(1 - h)), with n the images of its cell, n_k those of the class, and h = n / n_k
/// its leverage: the mean follows a large cluster, whose own deviation is then too small by 1 - h (Bell and McCaffrey, "Bias reduction
/// in standard errors for linear regression with multi-stage samples", Survey Methodology 28, 2002). The variance is the sum of u²
/// over the clusters. With m clusters of one size it is m/(m - 1) sum (u - mean u)² in each stratum.
/// docs/decisions/0087-strata.md has the reasons.
/// </remarks>
public sealed class ClusterLayout
{
    private readonly ushort[] _actual;
    private readonly int[] _cellOfImage;
    private readonly Cell[] _cells;
    private readonly int[] _classImages;
    private readonly int[] _classStarts;
    private readonly int[] _cellsOfClass;
    private readonly double[] _weights;
    private readonly StratumDegrees _degrees;

    /// <summary>Creates the layout of a split.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    /// <param name="countsImages">Whether the degrees of freedom are for a mean over images, rather than over classes.</param>
    /// <exception cref="ArgumentException">The numbers of labels and cluster ids differ.</exception>
    public ClusterLayout(ReadOnlySpan<ushort> actual, int classCount, Clusters clusters, bool countsImages = false)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        Strata = ClusterStrata.Find(actual, classCount, clusters);
        Clusters = clusters;
        _actual = actual.ToArray();
        _classImages = new int[classCount];
        foreach (var k in _actual)
        {
            _classImages[k]++;
        }

        var divided = ImageCells.Divide(actual, classCount, clusters.Ids, clusters.Count);
        _cells = [.. divided.Cells.Select(c => new Cell(c.Cluster, c.Class, c.Images, (double)c.Images / _classImages[c.Class]))];
        _cellOfImage = divided.OfImage;
        (_classStarts, _cellsOfClass) = Distribute(_cells, classCount);
        Present = _classImages.Count(n => n > 0);
        MinClusterCount = Enumerable.Range(0, classCount).Select(CountClusters).Where(n => n > 0).DefaultIfEmpty(0).Min();
        _weights = countsImages
            ? [.. _classImages.Select(n => (double)n / _actual.Length)]
            : [.. _classImages.Select(n => n > 0 ? 1.0 / Present : 0)];
        _degrees = new StratumDegrees(_cells, Strata, _weights);
    }

    /// <summary>The clusters.</summary>
    public Clusters Clusters { get; }

    /// <summary>The strata of the clusters.</summary>
    public ClusterStrata Strata { get; }

    /// <summary>K', the number of classes with images.</summary>
    public int Present { get; }

    /// <summary>n_k, the number of images of each class.</summary>
    public IReadOnlyList<int> ClassImages => _classImages;

    /// <summary>The cells with images, ordered by cluster.</summary>
    internal ReadOnlySpan<Cell> Cells => _cells;

    /// <summary>The smallest number of clusters of a class with images; 0 without images.</summary>
    public int MinClusterCount { get; }

    /// <summary>The range of cells of each cluster.</summary>
    internal IEnumerable<(int Start, int End)> EnumerateClusters()
    {
        for (var (start, end) = (0, 0); start < _cells.Length; start = end)
        {
            while (end < _cells.Length && _cells[end].Cluster == _cells[start].Cluster)
            {
                end++;
            }

            yield return (start, end);
        }
    }

    /// <summary>Counts the correct images of each cell.</summary>
    /// <param name="predicted">One class per image.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public int[] CountCorrect(ReadOnlySpan<ushort> predicted)
    {
        if (predicted.Length != _actual.Length)
        {
            throw new ArgumentException(
                $"{_actual.Length} labels and {predicted.Length} predictions; the numbers must be equal.",
                nameof(predicted)
            );
        }

        var right = new int[_cells.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            right[_cellOfImage[i]] += predicted[i] == _actual[i] ? 1 : 0;
        }

        return right;
    }

    /// <summary>Counts how many more images of each cell the first submission predicts correctly than the second.</summary>
    /// <param name="first">One class per image.</param>
    /// <param name="second">One class per image.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public int[] CountDifference(ReadOnlySpan<ushort> first, ReadOnlySpan<ushort> second)
    {
        var (more, less) = (CountCorrect(first), CountCorrect(second));
        for (var cell = 0; cell < more.Length; cell++)
        {
            more[cell] -= less[cell];
        }

        return more;
    }

    /// <summary>Counts the misclassified images of each cell.</summary>
    /// <inheritdoc cref="CountCorrect"/>
    public int[] CountErrors(ReadOnlySpan<ushort> predicted)
    {
        var counts = CountCorrect(predicted);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            counts[cell] = _cells[cell].Images - counts[cell];
        }

        return counts;
    }

    /// <summary>Computes the sum over the present classes of (count / n_k) / K' of each cluster.</summary>
    /// <param name="counts">The counts of each cell.</param>
    public double[] ComputeContributions(ReadOnlySpan<int> counts)
    {
        var values = new double[Clusters.Count];
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var (cluster, k, _, _) = _cells[cell];
            values[cluster] += counts[cell] / ((double)_classImages[k] * Present);
        }

        return values;
    }

    /// <summary>
    /// Computes the deviation u of each cluster, for the mean over the present classes. It is linear in the counts: the deviation of
    /// a difference is the difference of deviations.
    /// </summary>
    /// <param name="counts">The counts of each cell.</param>
    public double[] ComputeDeviations(ReadOnlySpan<int> counts) => ComputeDeviations(counts, _weights);

    /// <summary>Computes the variance of the mean over the present classes.</summary>
    /// <param name="deviations">The result of an overload of <c>ComputeDeviations</c>, or a difference of two.</param>
    /// <returns>The variance; null if a class has only one cluster.</returns>
    public ClusterVariance? ComputeVariance(ReadOnlySpan<double> deviations) =>
        MinClusterCount < 2 ? null : _degrees.ComputeVariance(deviations);

    /// <summary>Computes the variance of the mean of one class.</summary>
    /// <param name="k">The class index.</param>
    /// <param name="counts">The counts of each cell.</param>
    /// <returns>The variance; null with fewer than two clusters.</returns>
    public ClusterVariance? ComputeClassVariance(int k, ReadOnlySpan<int> counts)
    {
        if (CountClusters(k) < 2)
        {
            return null;
        }

        var first = _classStarts[k];
        var (cells, sum) = (new Cell[CountClusters(k)], 0.0);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _cells[_cellsOfClass[first + i]] with { Cluster = i, Class = 0 };
            sum += counts[_cellsOfClass[first + i]];
        }

        var deviations = new double[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var (n, share) = ((double)_classImages[k], cells[i].Share);
            deviations[i] = share < 1 ? ((counts[_cellsOfClass[first + i]] / n) - (sum * share / n)) / Math.Sqrt(1 - share) : 0;
        }

        return StratumDegrees.OfClass(cells).ComputeVariance(deviations);
    }

    /// <summary>Computes the variance of the weighted sum of class means.</summary>
    /// <param name="counts">The counts of each cell.</param>
    /// <param name="weights">The weight a of each class; 0 for a class without images.</param>
    /// <returns>The variance; null if a class with a weight has fewer than two clusters.</returns>
    public ClusterVariance? ComputeWeightedVariance(ReadOnlySpan<int> counts, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        for (var k = 0; k < weights.Count; k++)
        {
            if (weights[k] != 0 && CountClusters(k) < 2)
            {
                return null;
            }
        }

        Cell[] used = [.. _cells.Where(c => weights[c.Class] != 0)];
        return new StratumDegrees(used, Strata, weights).ComputeVariance(ComputeDeviations(counts, weights));
    }

    /// <summary>Computes the deviation of each cluster from influences of images, centred within each class.</summary>
    /// <param name="influences">The influence of each image.</param>
    internal double[] ComputeDeviations(ReadOnlySpan<double> influences)
    {
        var (cells, classes) = (new double[_cells.Length], new double[_classImages.Length]);
        for (var i = 0; i < influences.Length; i++)
        {
            cells[_cellOfImage[i]] += influences[i];
            classes[_actual[i]] += influences[i];
        }

        var deviations = new double[Clusters.Count];
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var (cluster, k, _, share) = _cells[cell];
            deviations[cluster] += share < 1 ? (cells[cell] - (classes[k] * share)) / Math.Sqrt(1 - share) : 0;
        }

        return deviations;
    }

    private int CountClusters(int k) => _classStarts[k + 1] - _classStarts[k];

    /// <summary>Lists the cells class by class.</summary>
    private static (int[] Starts, int[] Cells) Distribute(Cell[] cells, int classCount)
    {
        var starts = new int[classCount + 1];
        foreach (var cell in cells)
        {
            starts[cell.Class + 1]++;
        }

        for (var k = 0; k < classCount; k++)
        {
            starts[k + 1] += starts[k];
        }

        return (starts, [.. Enumerable.Range(0, cells.Length).OrderBy(c => cells[c].Class)]);
    }

    private double[] ComputeDeviations(ReadOnlySpan<int> counts, IReadOnlyList<double> weights)
    {
        var sums = new double[_classImages.Length];
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            sums[_cells[cell].Class] += counts[cell];
        }

        var deviations = new double[Clusters.Count];
        for (var cell = 0; cell < _cells.Length; cell++)
        {
            var (cluster, k, _, share) = _cells[cell];
            if (weights[k] != 0 && share < 1)
            {
                deviations[cluster] +=
                    weights[k] * ((counts[cell] / (double)_classImages[k]) - (sums[k] * share / _classImages[k])) / Math.Sqrt(1 - share);
            }
        }

        return deviations;
    }

    /// <summary>The images of one class in one cluster.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Class">The class index.</param>
    /// <param name="Images">The number of images, at least 1.</param>
    /// <param name="Share">The cell's share of the images of the class, above 0 and at most 1.</param>
    internal readonly record struct Cell(int Cluster, int Class, int Images, double Share);
}
