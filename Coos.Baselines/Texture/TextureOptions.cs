using System.Globalization;

namespace Coos.Baselines.Texture;

/// <summary>The options of texture features.</summary>
public sealed record TextureOptions
{
    /// <summary>The distances between neighbours in pixels, one per scale. The paper does not state them.</summary>
    public IReadOnlyList<int> Distances { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>
    /// The name of the features, which is their cache key. Changing the options or the computation requires a new name.
    /// </summary>
    public string Name => "texture 2 distances " + string.Join(',', Distances.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Computes the number of features per image.</summary>
    /// <param name="channels">The number of channels; with one, there is no correlation of channels.</param>
    public int FeatureCount(int channels) => (Distances.Count * HaralickTexture.FeatureCount) + (channels > 1 ? 4 : 3);
}
