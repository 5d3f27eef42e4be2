using System.Numerics.Tensors;
using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>Computes classes and errors from probabilities.</summary>
public static class Decision
{
    /// <summary>Finds the most probable class of each image; the lowest index on a tie.</summary>
    /// <param name="probabilities">Probabilities, N x K.</param>
    /// <returns>N classes.</returns>
    public static int[] Classes(FeatureMatrix probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var classes = new int[probabilities.Rows];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = TensorPrimitives.IndexOfMax<double>(probabilities.Row(i));
        }

        return classes;
    }

    /// <summary>Computes the balanced error: the mean over present classes of the share of their images predicted wrongly.</summary>
    /// <param name="labels">The true class of each image.</param>
    /// <param name="predicted">The predicted class of each image.</param>
    /// <returns>The balanced error, 0..1.</returns>
    public static double BalancedError(IReadOnlyList<int> labels, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predicted);
        return labels
            .Zip(predicted)
            .GroupBy(pair => pair.First)
            .Average(group => group.Count(pair => pair.First != pair.Second) / (double)group.Count());
    }
}
