namespace Coos.Evaluator.Statistics;

/// <summary>
/// The degrees of freedom of a variance between clusters, in each stratum: what remains after the means of its classes are fitted,
/// for clusters of any sizes.
/// </summary>
/// <remarks>
/// If each cluster has an effect of one variance, shared by its classes, the deviations of a stratum are u = B z with B = diag(C) - c W',
/// W the share of a class's images that a cluster holds, c = a W / sqrt(1 - W) and C the sum of c over the classes of a cluster. The sum
/// of u² then has the mean tr(BB') and twice the variance of tr(BB')² / tr((BB')²) degrees of freedom (Satterthwaite 1946; Bell and
/// McCaffrey 2002). For m clusters of one size, this is m - 1. It is computed from matrices of the size of the stratum's classes or, if
/// these are more than 500, of its clusters; if both are more, it is approximated.
/// </remarks>
internal sealed class StratumDegrees
{
    /// <summary>The largest number of classes or clusters of a stratum whose square matrices are computed.</summary>
    private const int MaximumMatrix = 500;

    private readonly int[] _ofCluster;
    private readonly int[] _sizes;
    private readonly double[] _degrees;

    /// <summary>Computes the degrees of each stratum.</summary>
    /// <param name="cells">The cells of the classes with a weight, ordered by cluster.</param>
    /// <param name="strata">The strata.</param>
    /// <param name="weights">The weight of each class.</param>
    public StratumDegrees(IReadOnlyList<ClusterLayout.Cell> cells, ClusterStrata strata, IReadOnlyList<double> weights)
    {
        _ofCluster = [.. strata.OfCluster];
        (_sizes, _degrees) = (new int[strata.Count], new double[strata.Count]);
        foreach (var stratum in cells.GroupBy(c => _ofCluster[c.Cluster]))
        {
            _sizes[stratum.Key] = stratum.Select(c => c.Cluster).Distinct().Count();
            _degrees[stratum.Key] = Compute([.. stratum], weights);
        }
    }

    private StratumDegrees(int clusters, double degrees) => (_ofCluster, _sizes, _degrees) = (new int[clusters], [clusters], [degrees]);

    /// <summary>Computes the degrees of a single class, whose clusters are one stratum.</summary>
    /// <param name="cells">Its cells, with class 0 and the clusters 0, 1, ...</param>
    public static StratumDegrees OfClass(ClusterLayout.Cell[] cells) => new(cells.Length, Compute(cells, [1]));

    /// <summary>Computes the variance of deviations, with its degrees of freedom.</summary>
    /// <remarks>
    /// The degrees are Satterthwaite's over the strata, and at most 2 V² / sum over strata of (sum v² - (sum v)²/m), v = u²: few
    /// clusters that hold most of the spread make the variance less certain than their number says.
    /// </remarks>
    /// <param name="deviations">The deviation u of each cluster.</param>
    public ClusterVariance ComputeVariance(ReadOnlySpan<double> deviations)
    {
        Span<double> sums = _degrees.Length <= 256 ? stackalloc double[_degrees.Length] : new double[_degrees.Length];
        sums.Clear();
        var (total, squares, largest) = (0.0, 0.0, 0.0);
        for (var g = 0; g < deviations.Length; g++)
        {
            var v = deviations[g] * deviations[g];
            sums[_ofCluster[g]] += v;
            total += v;
            squares += v * v;
            largest = Math.Max(largest, v);
        }

        if (total == 0)
        {
            return new ClusterVariance(0, 1);
        }

        var (weighted, spread) = (0.0, squares);
        for (var h = 0; h < sums.Length; h++)
        {
            if (sums[h] > 0)
            {
                weighted += sums[h] * sums[h] / _degrees[h];
                spread -= sums[h] * sums[h] / _sizes[h];
            }
        }

        var degrees = total * total / weighted;
        if (spread > squares * 1e-12)
        {
            degrees = Math.Min(degrees, 2 * total * total / spread);
        }

        return new ClusterVariance(total, Math.Max(1, degrees))
        {
            LargestShare = largest / total,
            EffectiveClusters = total * total / squares,
        };
    }

    private static double Compute(ClusterLayout.Cell[] cells, IReadOnlyList<double> weights)
    {
        int[] classes = [.. cells.Select(c => c.Class).Distinct()];
        var rows = cells.GroupBy(c => c.Cluster).Select(g => g.Where(c => c.Share < 1).ToArray()).Where(g => g.Length > 0).ToArray();
        if (classes.Length > MaximumMatrix)
        {
            return rows.Length <= MaximumMatrix
                ? ManyClassDegrees.ComputeByClusters(rows, weights)
                : ManyClassDegrees.Approximate(rows, classes.Length, weights);
        }

        var places = classes.Select((k, place) => (k, place)).ToDictionary(p => p.k, p => p.place);
        var products = new Products(classes.Length);
        foreach (var row in rows)
        {
            products.AddShares(row, places);
        }

        foreach (var row in rows)
        {
            products.AddCluster(row, places, weights);
        }

        return products.ComputeDegrees();
    }

    /// <summary>The weight c of a cell.</summary>
    internal static double Weigh(ClusterLayout.Cell cell, IReadOnlyList<double> weights) =>
        weights[cell.Class] * cell.Share / Math.Sqrt(1 - cell.Share);

    /// <summary>The sums over the clusters of a stratum from which both traces follow.</summary>
    private sealed class Products(int count)
    {
        private readonly double[] _shares = new double[count * count];
        private readonly double[] _own = new double[count * count];
        private readonly double[] _fitted = new double[count * count];
        private readonly double[] _mixed = new double[count * count];
        private double _trace;
        private double _diagonal;

        /// <summary>Adds to W'W.</summary>
        public void AddShares(ClusterLayout.Cell[] row, Dictionary<int, int> places)
        {
            foreach (var a in row)
            {
                foreach (var b in row)
                {
                    _shares[(places[a.Class] * count) + places[b.Class]] += a.Share * b.Share;
                }
            }
        }

        /// <summary>Adds to c'c, P'P and c'P, with BB' = diag(C)² + P c' + c P' and P = c W'W/2 - diag(C) W.</summary>
        public void AddCluster(ClusterLayout.Cell[] row, Dictionary<int, int> places, IReadOnlyList<double> weights)
        {
            (int Place, double Value)[] own = [.. row.Select(c => (places[c.Class], Weigh(c, weights)))];
            var sum = own.Sum(c => c.Value);
            var fitted = new double[count];
            foreach (var (place, value) in own)
            {
                for (var l = 0; l < count; l++)
                {
                    fitted[l] += value * _shares[(place * count) + l] / 2;
                }
            }

            foreach (var c in row)
            {
                fitted[places[c.Class]] -= sum * c.Share;
            }

            var inner = own.Sum(c => c.Value * fitted[c.Place]);
            _trace += (sum * sum) + (2 * inner);
            _diagonal += (sum * sum * sum * sum) + (4 * sum * sum * inner);
            Add(own, fitted);
        }

        /// <summary>Computes tr(BB')² / tr((BB')²), at least 1.</summary>
        public double ComputeDegrees()
        {
            var squares = _diagonal;
            for (var k = 0; k < count; k++)
            {
                for (var l = 0; l < count; l++)
                {
                    squares +=
                        2 * ((_fitted[(k * count) + l] * _own[(k * count) + l]) + (_mixed[(k * count) + l] * _mixed[(l * count) + k]));
                }
            }

            return squares > 0 ? Math.Max(1, _trace * _trace / squares) : 1;
        }

        private void Add((int Place, double Value)[] own, double[] fitted)
        {
            for (var k = 0; k < count; k++)
            {
                for (var l = 0; l < count; l++)
                {
                    _fitted[(k * count) + l] += fitted[k] * fitted[l];
                }
            }

            foreach (var (place, value) in own)
            {
                foreach (var (other, also) in own)
                {
                    _own[(place * count) + other] += value * also;
                }

                for (var l = 0; l < count; l++)
                {
                    _mixed[(place * count) + l] += value * fitted[l];
                }
            }
        }
    }
}
