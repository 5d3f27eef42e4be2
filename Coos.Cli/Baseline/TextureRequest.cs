using Coos.Baselines.Texture;

namespace Coos.Cli.Baseline;

/// <summary>The parameters of a run of the texture baseline.</summary>
/// <param name="Data">The folder of the splits.</param>
/// <param name="Output">The folder for predictions and run.json.</param>
/// <param name="Settings">Classifier and seed.</param>
internal sealed record TextureRequest(string Data, string Output, ClassifierSettings Settings)
{
    /// <summary>How texture is computed.</summary>
    public TextureOptions Texture { get; init; } = new();

    /// <summary>The folder of cached features.</summary>
    public string Cache { get; init; } = Path.Combine(Output, ".features");

    /// <summary>Where the trained baseline is saved; null to not save it.</summary>
    public string? Save { get; init; }

    /// <summary>The command, for run.json.</summary>
    public required string Command { get; init; }

    /// <summary>The test splits to classify; null for all.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>The number of classes; null to take it from the training labels.</summary>
    public int? Classes { get; init; }

    /// <summary>The extension of the prediction files: .csv or .csv.gz.</summary>
    public string Ending { get; init; } = ".csv";
}
