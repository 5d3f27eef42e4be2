using System.Globalization;
using System.Text.Json;
using Coos.Baselines.Deep.Models;

namespace Coos.Cli.Baseline.Deep;

/// <summary>What run.json says of a network, by what its file says of itself: rows that share one can each be made again.</summary>
internal static class TrainedNetwork
{
    /// <summary>How long it was trained, as a part of a sentence.</summary>
    /// <param name="network">The network.</param>
    /// <param name="items">What a batch holds.</param>
    public static string InWords(NetworkDescription network, string items)
    {
        var steps = Number(network, "steps") ?? network.Step;
        var batch = Number(network, "batch") is { } size ? $" of {size} {items}" : "";
        var kept = steps > network.Step ? $" at most, the network of step {network.Step} kept" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{steps} steps{batch}{kept}, seed {network.Seed}");
    }

    /// <summary>The members that a run with these weights names.</summary>
    /// <param name="network">The network.</param>
    public static object ForRun(NetworkDescription network) => new { By = network.Command, network.Step, network.Seed, network.PairedBy, Options = network.Training };

    private static int? Number(NetworkDescription network, string option) =>
        network.Training is { ValueKind: JsonValueKind.Object } training && training.TryGetProperty(option, out var value) && value.TryGetInt32(out var number) ? number : null;
}
