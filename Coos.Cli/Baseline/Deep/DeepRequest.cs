namespace Coos.Cli.Baseline.Deep;

/// <summary>What a run of a deep baseline is asked for, whatever the network.</summary>
/// <param name="Data">The folder of the splits.</param>
/// <param name="Output">The folder for predictions, run.json and what training leaves.</param>
/// <param name="Classifier">knn, l1lr or rf; null: the network's own probabilities.</param>
/// <param name="Seed">Names the random numbers.</param>
/// <param name="Device">auto, cpu, cuda, cuda:N.</param>
/// <param name="Command">As it was typed.</param>
internal sealed record DeepRequest(string Data, string Output, ClassifierSettings? Classifier, ulong Seed, string Device, string Command)
{
    /// <summary>Where the trained baseline goes; null where it is not kept.</summary>
    public string? Save { get; init; }

    /// <summary>A network that is trained already.</summary>
    public string? Weights { get; init; }

    /// <summary>The folder where features are kept.</summary>
    public required string Cache { get; init; }

    /// <summary>Where training leaves checkpoint, curve and network.</summary>
    public string Training => Path.Combine(Output, "training");
}
