using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Disclosures;

/// <summary>The errors of an entry on a part of a split, by class and by cluster.</summary>
internal sealed class PartErrors
{
    private readonly int[] _errors;
    private readonly (int Images, int Errors)[][]? _cells;

    public PartErrors(SplitPart part, byte[] predicted, int classCount, string? cluster)
    {
        var (actual, own, clusters) = (part.Labels.Classes, part.Select(predicted), Clusters.From(part.Labels, cluster));
        (Images, _errors) = (new int[classCount], new int[classCount]);
        _cells = clusters is null ? null : [.. Enumerable.Range(0, clusters.Count).Select(_ => new (int, int)[classCount])];
        for (var i = 0; i < actual.Length; i++)
        {
            var (k, error) = (actual[i], actual[i] == own[i] ? 0 : 1);
            Images[k]++;
            _errors[k] += error;
            if (_cells is not null)
            {
                ref var cell = ref _cells[clusters!.Ids[i]][k];
                cell = (cell.Images + 1, cell.Errors + error);
            }
        }
    }

    /// <summary>The number of images of each class.</summary>
    public int[] Images { get; }

    /// <summary>Computes the mean error of the given classes.</summary>
    public double ComputeError(int[] classes) => classes.Average(ErrorOf);

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

    /// <summary>
    /// Computes the variance of that mean by cluster: one term per stratum with its degrees of freedom; null without clusters, or if
    /// a stratum has only one.
    /// </summary>
    public IReadOnlyList<(double Variance, double Degrees)>? ComputeClusterVariances(int[] classes)
    {
        if (_cells is null)
        {
            return null;
        }

        var terms = new List<(double Variance, double Degrees)>();
        foreach (var stratum in FindStrata(classes))
        {
            if (stratum.Count < 2)
            {
                return null;
            }

            double[] values = [.. stratum.Select(cell => classes.Sum(k => ValueOf(cell[k], k)) / classes.Length)];
            var mean = values.Average();
            var variance = values.Sum(u => (u - mean) * (u - mean)) * values.Length / (values.Length - 1);
            terms.Add((variance, values.Length - 1));
        }

        return terms;
    }

    private double ErrorOf(int k) => (double)_errors[k] / Images[k];

    private double ValueOf((int Images, int Errors) cell, int k) => (cell.Errors - (ErrorOf(k) * cell.Images)) / Images[k];

    /// <summary>Groups the clusters into the connected components of the graph of classes and clusters.</summary>
    private IEnumerable<List<(int Images, int Errors)[]>> FindStrata(int[] classes)
    {
        // Each class refers to the smallest class that a chain of clusters connects it with.
        int[] roots = [.. Enumerable.Range(0, Images.Length)];
        int[] Present((int Images, int Errors)[] cell) => [.. classes.Where(k => cell[k].Images > 0)];
        foreach (var present in _cells!.Select(Present).Where(p => p.Length > 1))
        {
            var root = present.Min(k => roots[k]);
            var joined = present.Select(k => roots[k]).ToHashSet();
            roots = [.. roots.Select(r => joined.Contains(r) ? root : r)];
        }

        return _cells!.Where(cell => Present(cell).Length > 0).GroupBy(cell => roots[Present(cell)[0]]).Select(g => g.ToList());
    }
}
