using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>What a classifier learns from.</summary>
public sealed class TrainingSet
{
    /// <summary>Checks that there is something to learn.</summary>
    /// <param name="features">N x D, standardised.</param>
    /// <param name="labels">N classes, 0 .. K - 1.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="BaselineException">There are fewer than two classes in the labels.</exception>
    public TrainingSet(FeatureMatrix features, int[] labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, features.Rows);
        Features = features;
        Labels = labels;
        Classes = classes;
        var present = labels.Distinct().Take(2).ToArray();
        if (present.Length < 2)
        {
            throw new BaselineException(present.Length == 0
                ? "the training set has no images"
                : $"all {labels.Length} training images have class {present[0]}; a classifier needs two classes or more");
        }
    }

    /// <summary>N x D.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>N classes.</summary>
    public int[] Labels { get; }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>Some of the images, in the order given.</summary>
    /// <param name="rows">Their indices.</param>
    public TrainingSet Select(int[] rows) => new(Features.Select(rows), [.. rows.Select(r => Labels[r])], Classes);
}
