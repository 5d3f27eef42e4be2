using System.Globalization;
using System.Text.Json;
using Coos.Baselines.Deep.Models;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Describes a network in run.json from the network's file, so that runs with the network can be reproduced.</summary>
internal static class TrainedNetwork
{
    /// <summary>How long the network was trained, as part of a sentence.</summary>
    /// <param name="network">The network.</param>
    /// <param name="items">What a batch consists of: images or pairs.</param>
    public static string DescribeTraining(NetworkDescription network, string items)
    {
        var steps = ReadNumber(network, "steps") ?? network.Step;
        var batch = ReadNumber(network, "batch") is { } size ? $" of {size} {items}" : "";
        var (limit, selected) = steps > network.Step ? ("up to ", $", network of step {network.Step} selected") : ("", "");
        return string.Create(CultureInfo.InvariantCulture, $"{limit}{steps} steps{batch}{selected}, seed {network.Seed}");
    }

    /// <summary>The entry for the network in the options of a run.</summary>
    /// <param name="network">The network.</param>
    public static object CreateOptions(NetworkDescription network) =>
        new
        {
            By = network.Command,
            network.Step,
            network.Seed,
            network.PairedBy,
            Options = network.Training,
        };

    private static int? ReadNumber(NetworkDescription network, string option) =>
        network.Training is { ValueKind: JsonValueKind.Object } training
        && training.TryGetProperty(option, out var value)
        && value.TryGetInt32(out var number)
            ? number
            : null;
}
