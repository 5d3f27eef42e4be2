using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Resolution;

/// <summary>The images of each class in each cluster, ordered by cluster. Only cells with images are kept.</summary>
internal sealed class DesignCells
{
    private readonly int[] _cellOfImage;
    private readonly byte[] _actual;

    public DesignCells(ReadOnlySpan<byte> actual, int classCount, Clusters clusters)
    {
        _actual = actual.ToArray();
        ClassCount = classCount;
        long[] keys = [.. _actual.Select((k, i) => ((long)clusters.Ids[i] * classCount) + k)];
        long[] known = [.. keys.Distinct().Order()];
        var places = known.Select((key, place) => (key, place)).ToDictionary(p => p.key, p => p.place);
        _cellOfImage = [.. keys.Select(key => places[key])];
        Classes = [.. known.Select(key => (int)(key % classCount))];
        ClusterOf = [.. known.Select(key => (int)(key / classCount))];
        Images = new int[known.Length];
        ClassImages = new int[classCount];
        foreach (var cell in _cellOfImage)
        {
            Images[cell]++;
            ClassImages[Classes[cell]]++;
        }
    }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>n_k, the number of images of each class.</summary>
    public int[] ClassImages { get; }

    /// <summary>The class of each cell.</summary>
    public int[] Classes { get; }

    /// <summary>The cluster of each cell.</summary>
    public int[] ClusterOf { get; }

    /// <summary>n_gk, the number of images of each cell.</summary>
    public int[] Images { get; }

    /// <summary>Counts the errors of each cell.</summary>
    public int[] CountErrors(byte[] predicted)
    {
        var errors = new int[Images.Length];
        for (var i = 0; i < _actual.Length; i++)
        {
            errors[_cellOfImage[i]] += predicted[i] == _actual[i] ? 0 : 1;
        }

        return errors;
    }

    /// <summary>The range of cells of each cluster.</summary>
    public IEnumerable<(int Start, int End)> EnumerateClusters()
    {
        for (var (start, end) = (0, 0); start < Images.Length; start = end)
        {
            while (end < Images.Length && ClusterOf[end] == ClusterOf[start])
            {
                end++;
            }

            yield return (start, end);
        }
    }
}
