namespace Coos.Baselines.Forest;

/// <summary>How a random forest is grown; the words and defaults are scikit-learn's.</summary>
public sealed record ForestOptions
{
    /// <summary>The number of trees.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>How many features a split is chosen among.</summary>
    public MaxFeatures MaxFeatures { get; init; } = MaxFeatures.Sqrt;

    /// <summary>The most splits between root and leaf; null for no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>A node of fewer images is a leaf.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>A split leaves at least so many images on either side.</summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>Whether each tree is grown from images drawn with replacement.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>The number of features a split is chosen among.</summary>
    /// <param name="columns">D, the number there are.</param>
    public int FeaturesPerSplit(int columns) =>
        Math.Max(1, (int)(MaxFeatures == MaxFeatures.Sqrt ? Math.Sqrt(columns) : Math.Log2(columns)));
}
