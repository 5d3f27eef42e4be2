namespace Coos.Baselines.Forest;

/// <summary>A decision tree as arrays. A node with feature -1 is a leaf; its left entry is the index of its probabilities.</summary>
/// <param name="Features">The feature of each node.</param>
/// <param name="Cuts">The cut of each node; values up to the cut go left.</param>
/// <param name="Left">The left child of each node.</param>
/// <param name="Right">The right child of each node.</param>
/// <param name="Probabilities">K values per leaf.</param>
public sealed record DecisionTree(int[] Features, double[] Cuts, int[] Left, int[] Right, float[] Probabilities)
{
    /// <summary>Adds the probabilities of an image's leaf.</summary>
    /// <param name="image">The D features of the image.</param>
    /// <param name="sums">The K sums to add to.</param>
    public void Add(ReadOnlySpan<double> image, Span<double> sums)
    {
        var node = 0;
        while (Features[node] >= 0)
        {
            node = image[Features[node]] <= Cuts[node] ? Left[node] : Right[node];
        }

        var leaf = Left[node] * sums.Length;
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] += Probabilities[leaf + k];
        }
    }
}
