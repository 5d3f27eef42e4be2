using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Methods;

/// <summary>The labels of one ranking split, laid out for the runs of methods.</summary>
internal sealed class MethodSplit
{
    private readonly ushort[] _actual;
    private readonly int[] _classImages;
    private readonly int _present;
    private readonly int[]? _cellImages;
    private readonly ClusterStrata? _strata;

    public MethodSplit(SplitLabels labels, int classCount, string? cluster)
    {
        _actual = labels.Classes;
        _classImages = new int[classCount];
        foreach (var k in _actual)
        {
            _classImages[k]++;
        }

        _present = _classImages.Count(n => n > 0);
        Clusters = Clusters.Outermost(labels, cluster);
        if (Clusters is not null)
        {
            _strata = ClusterStrata.Find(_actual, classCount, Clusters);
            _cellImages = new int[Clusters.Count * classCount];
            for (var i = 0; i < _actual.Length; i++)
            {
                _cellImages[Cell(i)]++;
            }
        }
    }

    /// <summary>The clusters of the images; null if the labels have none.</summary>
    public Clusters? Clusters { get; }

    /// <summary>Counts the wrong runs of each image.</summary>
    /// <param name="runs">The predictions of each run.</param>
    public ushort[] CountWrong(IEnumerable<ushort[]> runs)
    {
        var wrong = new ushort[_actual.Length];
        foreach (var predicted in runs)
        {
            if (predicted.Length != _actual.Length)
            {
                throw new ArgumentException(
                    $"{_actual.Length} labels and {predicted.Length} predictions; the numbers must be equal.",
                    nameof(runs)
                );
            }

            for (var i = 0; i < wrong.Length; i++)
            {
                wrong[i] += predicted[i] == _actual[i] ? (ushort)0 : (ushort)1;
            }
        }

        return wrong;
    }

    /// <summary>Computes the balanced error of one run, 0..1.</summary>
    public double ComputeError(ushort[] predicted)
    {
        var wrong = new int[_classImages.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            wrong[_actual[i]] += predicted[i] == _actual[i] ? 0 : 1;
        }

        return wrong.Select((x, k) => x == 0 ? 0 : (double)x / _classImages[k]).Sum() / _present;
    }

    /// <summary>
    /// Computes u_g = sum over classes of (x_gk - e_k n_gk) / (n_k K') of each cluster, with x_gk its wrong images averaged over
    /// the runs; null without clusters. It is linear, so the values of a difference are differences of the values.
    /// </summary>
    public double[]? ComputeClusterValues(ushort[] wrong, int runs)
    {
        if (Clusters is null)
        {
            return null;
        }

        var classCount = _classImages.Length;
        var (cells, classes) = (new long[_cellImages!.Length], new long[classCount]);
        for (var i = 0; i < wrong.Length; i++)
        {
            cells[Cell(i)] += wrong[i];
            classes[_actual[i]] += wrong[i];
        }

        var values = new double[Clusters.Count];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            if (_cellImages[cell] > 0)
            {
                double n = _classImages[cell % classCount];
                var expected = classes[cell % classCount] * (_cellImages[cell] / n);
                values[cell / classCount] += (cells[cell] - expected) / (n * _present * runs);
            }
        }

        return values;
    }

    /// <summary>Computes the variance by cluster; null without clusters, or if a stratum has only one.</summary>
    public ClusterVariance? ComputeByCluster(ReadOnlySpan<double> values) => _strata?.ComputeVariance(values);

    /// <summary>Computes the variance per image of a method's mean.</summary>
    /// <remarks>
    /// With two images added to each class, one wrong in all runs and one in none, so that it is not 0 without errors (Agresti
    /// and Caffo 2000).
    /// </remarks>
    public ClusterVariance ComputeByImage(ushort[] wrong, int runs)
    {
        var (sums, squares) = (new long[_classImages.Length], new long[_classImages.Length]);
        for (var i = 0; i < wrong.Length; i++)
        {
            sums[_actual[i]] += wrong[i];
            squares[_actual[i]] += wrong[i] * wrong[i];
        }

        return Sum(k => (((double)squares[k] / runs / runs) + 1, ((double)sums[k] / runs) + 1));
    }

    /// <summary>Computes the variance per image of the difference of two methods.</summary>
    /// <remarks>With half an image added that only the first, and only the second gets wrong (Agresti and Min 2005).</remarks>
    public ClusterVariance ComputeByImage(ushort[] first, int firstRuns, ushort[] second, int secondRuns)
    {
        var (sums, squares) = (new long[_classImages.Length], new long[_classImages.Length]);
        for (var i = 0; i < first.Length; i++)
        {
            var difference = ((long)first[i] * secondRuns) - ((long)second[i] * firstRuns);
            sums[_actual[i]] += difference;
            squares[_actual[i]] += difference * difference;
        }

        var scale = (double)firstRuns * secondRuns;
        return Sum(k => ((squares[k] / scale / scale) + 1, sums[k] / scale));
    }

    /// <summary>Sums (Q - D²/n) / n² over the classes, with n two images more than the class has, divided by K'².</summary>
    private ClusterVariance Sum(Func<int, (double Squares, double Sum)> ofClass)
    {
        var (total, weighted) = (0.0, 0.0);
        for (var k = 0; k < _classImages.Length; k++)
        {
            if (_classImages[k] > 0)
            {
                double n = _classImages[k] + 2;
                var (squares, sum) = ofClass(k);
                var variance = (squares - (sum * sum / n)) / (n * n);
                total += variance;
                weighted += variance * variance / (n - 1);
            }
        }

        return new ClusterVariance(total / _present / _present, weighted > 0 ? total * total / weighted : double.PositiveInfinity);
    }

    private int Cell(int image) => (Clusters!.Ids[image] * _classImages.Length) + _actual[image];
}
