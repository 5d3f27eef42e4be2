using Coos.Baselines.Texture;

namespace Coos.Cli.Data;

/// <summary>The parameters of <c>coos data index</c>.</summary>
/// <param name="Data">The folder of the splits.</param>
/// <param name="Output">The folder in which nearest/ is written.</param>
/// <param name="Neighbours">The number of training images per image, at least 1.</param>
internal sealed record IndexRequest(string Data, string Output, int Neighbours)
{
    /// <summary>The folder of cached features; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>How texture is computed.</summary>
    public TextureOptions Texture { get; init; } = new();
}
