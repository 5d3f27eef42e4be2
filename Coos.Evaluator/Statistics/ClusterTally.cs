namespace Coos.Evaluator.Statistics;

/// <summary>The images and correct images of each cluster of each class, as the cluster bootstrap needs them.</summary>
internal sealed class ClusterTally
{
    private readonly List<(int Right, int Images)>[] _classes;

    public ClusterTally(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> predicted, int classCount, Clusters clusters)
    {
        if (actual.Length != predicted.Length || actual.Length != clusters.Ids.Length)
        {
            throw new ArgumentException(
                $"{actual.Length} labels, {predicted.Length} predictions and {clusters.Ids.Length} cluster ids; "
                    + "the numbers must be equal.",
                nameof(predicted)
            );
        }

        var cells = new (int Right, int Images)[classCount * clusters.Count];
        for (var i = 0; i < actual.Length; i++)
        {
            ref var cell = ref cells[(actual[i] * clusters.Count) + clusters.Ids[i]];
            cell.Images++;
            cell.Right += actual[i] == predicted[i] ? 1 : 0;
        }

        _classes =
        [
            .. Enumerable
                .Range(0, classCount)
                .Select(k => new List<(int, int)>(cells.Skip(k * clusters.Count).Take(clusters.Count).Where(c => c.Images > 0))),
        ];
    }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount => _classes.Length;

    /// <summary>The clusters with images of a class.</summary>
    public IReadOnlyList<(int Right, int Images)> this[int k] => _classes[k];

    /// <summary>The smallest number of clusters of a present class; 0 if no class is present.</summary>
    public int MinClusterCount => _classes.Where(c => c.Count > 0).Select(c => c.Count).DefaultIfEmpty(0).Min();
}
