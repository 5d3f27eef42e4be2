namespace Coos.Baselines.Forest;

/// <summary>The options of a random forest, with the names and defaults of scikit-learn.</summary>
public sealed record ForestOptions
{
    /// <summary>The number of trees.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>The number of candidate features of a split.</summary>
    public MaxFeatures MaxFeatures { get; init; } = MaxFeatures.Sqrt;

    /// <summary>The maximum depth of a tree; null for no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>The minimum number of images of a node that is split.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>The minimum number of images on either side of a split.</summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>Whether each tree is trained on images drawn with replacement.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>Computes the number of candidate features of a split.</summary>
    /// <param name="columns">D, the number of features.</param>
    public int FeaturesPerSplit(int columns) =>
        Math.Max(1, (int)(MaxFeatures == MaxFeatures.Sqrt ? Math.Sqrt(columns) : Math.Log2(columns)));
}
