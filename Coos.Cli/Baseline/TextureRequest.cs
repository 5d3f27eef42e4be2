using Coos.Baselines.Texture;

namespace Coos.Cli.Baseline;

/// <summary>What a run of the texture baseline is asked for.</summary>
/// <param name="Data">The folder of the splits.</param>
/// <param name="Output">The folder for predictions and run.json.</param>
/// <param name="Settings">Classifier and seed.</param>
internal sealed record TextureRequest(string Data, string Output, ClassifierSettings Settings)
{
    /// <summary>How texture is computed.</summary>
    public TextureOptions Texture { get; init; } = new();

    /// <summary>Where features are kept.</summary>
    public string Cache { get; init; } = Path.Combine(Output, ".features");

    /// <summary>Where the trained baseline goes; null where it is not kept.</summary>
    public string? Save { get; init; }

    /// <summary>The command, for run.json.</summary>
    public required string Command { get; init; }

    /// <summary>The test splits to classify; null for all that there are.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>K; null for as many classes as the training labels tell.</summary>
    public int? Classes { get; init; }

    /// <summary>What follows a split's name: .csv or .csv.gz.</summary>
    public string Ending { get; init; } = ".csv";
}
