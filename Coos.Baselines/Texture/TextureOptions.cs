using System.Globalization;

namespace Coos.Baselines.Texture;

/// <summary>What texture features are computed with.</summary>
public sealed record TextureOptions
{
    /// <summary>How far neighbours are apart, a scale each. The paper names none; these double.</summary>
    public IReadOnlyList<int> Distances { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>Names the features: other options or another way of computing them have another name. Features on disk are found by it.</summary>
    public string Name => "texture 2 distances " + string.Join(',', Distances.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The number of features of an image.</summary>
    /// <param name="channels">Its number of channels; with one there is no channel correlation.</param>
    public int FeatureCount(int channels) => (Distances.Count * HaralickTexture.FeatureCount) + (channels > 1 ? 4 : 3);
}
