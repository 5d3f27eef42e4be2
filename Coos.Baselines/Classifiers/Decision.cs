using System.Numerics.Tensors;
using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>From probabilities to classes and errors.</summary>
public static class Decision
{
    /// <summary>The most probable class of each image, the lowest on a tie.</summary>
    /// <param name="probabilities">N x K.</param>
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

    /// <summary>The mean over the classes that occur of the fraction of their images that is given another class.</summary>
    /// <param name="labels">N true classes.</param>
    /// <param name="predicted">N classes.</param>
    /// <returns>0 .. 1.</returns>
    public static double BalancedError(IReadOnlyList<int> labels, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predicted);
        return labels.Zip(predicted).GroupBy(pair => pair.First)
            .Average(group => group.Count(pair => pair.First != pair.Second) / (double)group.Count());
    }
}
