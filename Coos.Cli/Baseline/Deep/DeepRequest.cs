namespace Coos.Cli.Baseline.Deep;

/// <summary>The parameters of a run of any deep baseline.</summary>
/// <param name="Data">The folder of the splits.</param>
/// <param name="Output">The folder for predictions, run.json and the training files.</param>
/// <param name="Classifier">knn, l1lr or rf; null: the network's own probabilities.</param>
/// <param name="Seed">The seed of the random numbers.</param>
/// <param name="Device">auto, cpu, cuda, cuda:N.</param>
/// <param name="Command">The command as it was typed.</param>
internal sealed record DeepRequest(string Data, string Output, ClassifierSettings? Classifier, ulong Seed, string Device, string Command)
{
    /// <summary>Where the trained baseline is saved; null to not save it.</summary>
    public string? Save { get; init; }

    /// <summary>The file of a trained network; null to train one.</summary>
    public string? Weights { get; init; }

    /// <summary>The folder of cached features.</summary>
    public required string Cache { get; init; }

    /// <summary>The folder for checkpoint, curve and network.</summary>
    public string Training => Path.Combine(Output, "training");
}
