namespace Coos.Evaluator.Statistics;

/// <summary>
/// The cells of a split: a cell holds the images of one class in one cluster. The contribution of a cluster to the difference
/// of two submissions follows from their counts of correct images per cell, so a pair is compared without its images.
/// </summary>
internal sealed class ClusterCells
{
    private readonly byte[] _actual;
    private readonly int[] _cellOfImage;
    private readonly int[] _clusters;
    private readonly double[] _weights;

    public ClusterCells(byte[] actual, CorrectnessMap map, Clusters clusters)
    {
        var classes = map.ClassImages.Count;
        _actual = actual;
        var keys = actual.Select((k, i) => (clusters.Ids[i] * classes) + k).ToArray();
        int[] known = [.. keys.Distinct().Order()];
        var positions = known.Select((key, position) => (key, position)).ToDictionary(p => p.key, p => p.position);
        _cellOfImage = [.. keys.Select(key => positions[key])];
        _clusters = [.. known.Select(key => key / classes)];
        _weights = [.. known.Select(key => 1.0 / ((double)map.ClassImages[key % classes] * map.Present))];
    }

    /// <summary>Counts the correct images of each cell.</summary>
    public int[] CountCorrect(byte[] predicted)
    {
        if (predicted.Length != _actual.Length)
        {
            throw new ArgumentException(
                $"{_actual.Length} labels and {predicted.Length} predictions; the numbers must be equal.",
                nameof(predicted)
            );
        }

        var right = new int[_clusters.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            right[_cellOfImage[i]] += predicted[i] == _actual[i] ? 1 : 0;
        }

        return right;
    }

    /// <summary>Computes the number of clusters that differ, the sum of their contributions, and the sum of their squares.</summary>
    public (int Flips, double Difference, double Variance) ComputeSums(int[] first, int[] second)
    {
        var (flips, difference, variance, value) = (0, 0.0, 0.0, 0.0);
        for (var cell = 0; cell < first.Length; cell++)
        {
            value += (first[cell] - second[cell]) * _weights[cell];
            if (cell + 1 == first.Length || _clusters[cell + 1] != _clusters[cell])
            {
                flips += value != 0 ? 1 : 0;
                difference += value;
                variance += value * value;
                value = 0;
            }
        }

        return (flips, difference, variance);
    }

    /// <summary>Computes the contribution of each cluster to the difference.</summary>
    public List<double> ComputeValues(int[] first, int[] second)
    {
        var values = new List<double>();
        for (var cell = 0; cell < first.Length; cell++)
        {
            var add = (first[cell] - second[cell]) * _weights[cell];
            if (cell > 0 && _clusters[cell - 1] == _clusters[cell])
            {
                values[^1] += add;
            }
            else
            {
                values.Add(add);
            }
        }

        return values;
    }
}
