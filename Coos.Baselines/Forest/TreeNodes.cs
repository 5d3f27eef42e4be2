namespace Coos.Baselines.Forest;

/// <summary>The nodes of a tree while it grows.</summary>
internal sealed class TreeNodes
{
    private readonly List<int> _features = [];
    private readonly List<double> _cuts = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];
    private readonly List<float> _probabilities = [];

    /// <summary>Adds a node that is neither a leaf nor split yet.</summary>
    /// <returns>The number of the node.</returns>
    public int Add()
    {
        _features.Add(-1);
        _cuts.Add(0);
        _left.Add(-1);
        _right.Add(-1);
        return _features.Count - 1;
    }

    /// <summary>Splits a node.</summary>
    /// <returns>The numbers of its children.</returns>
    public (int Left, int Right) Split(int node, int feature, double cut)
    {
        (_features[node], _cuts[node]) = (feature, cut);
        return (_left[node], _right[node]) = (Add(), Add());
    }

    /// <summary>Makes a node a leaf.</summary>
    /// <param name="node">The node.</param>
    /// <param name="totals">The number of drawn images of each class in the node.</param>
    public void MakeLeaf(int node, int[] totals)
    {
        _left[node] = _probabilities.Count / totals.Length;
        float total = totals.Sum();
        _probabilities.AddRange(totals.Select(t => t / total));
    }

    /// <summary>Creates the tree.</summary>
    public DecisionTree ToTree() => new([.. _features], [.. _cuts], [.. _left], [.. _right], [.. _probabilities]);
}
