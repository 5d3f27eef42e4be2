using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>The features and labels that a classifier is trained on.</summary>
public sealed class TrainingSet
{
    /// <summary>Creates a training set.</summary>
    /// <param name="features">Standardised features, N x D.</param>
    /// <param name="labels">The class of each image, 0 .. K - 1.</param>
    /// <param name="classes">K, the number of classes.</param>
    /// <exception cref="BaselineException">The labels have fewer than two classes.</exception>
    public TrainingSet(FeatureMatrix features, int[] labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, features.Rows);
        Features = features;
        Labels = labels;
        Classes = classes;
        var present = labels.Distinct().Take(2).ToArray();
        if (present.Length < 2)
        {
            throw new BaselineException(
                present.Length == 0
                    ? "the training set has no images"
                    : $"all {labels.Length} training images have class {present[0]}; a classifier needs at least two classes"
            );
        }
    }

    /// <summary>The features, N x D.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>The class of each image.</summary>
    public int[] Labels { get; }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Creates a training set from some of the images, in the given order.</summary>
    /// <param name="rows">The indices of the images.</param>
    public TrainingSet Select(int[] rows) => new(Features.Select(rows), [.. rows.Select(r => Labels[r])], Classes);
}
