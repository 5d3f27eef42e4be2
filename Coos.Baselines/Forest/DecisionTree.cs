namespace Coos.Baselines.Forest;

/// <summary>A tree as arrays. A node with feature -1 is a leaf; its left entry is then the place of its probabilities.</summary>
/// <param name="Features">The feature that each node asks for.</param>
/// <param name="Cuts">Values up to the cut go left.</param>
/// <param name="Left">The left child.</param>
/// <param name="Right">The right child.</param>
/// <param name="Probabilities">K values a leaf.</param>
public sealed record DecisionTree(int[] Features, double[] Cuts, int[] Left, int[] Right, float[] Probabilities)
{
    /// <summary>Adds the probabilities of the leaf that an image falls into.</summary>
    /// <param name="image">D features.</param>
    /// <param name="sums">K sums.</param>
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
