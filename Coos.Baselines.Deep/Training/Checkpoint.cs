using System.Globalization;
using System.Text.Json;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp.Modules;

namespace Coos.Baselines.Deep.Training;

/// <summary>
/// Reads and writes the state of a training run: network, moments of Adam, best network so far, and curve. It is one file, written
/// atomically, so that its parts belong together.
/// </summary>
internal static class Checkpoint
{
    private const string ConfigurationKey = "coos_training";
    private const string StepKey = "step";
    private const string BestStepKey = "best_step";
    private const string CurveKey = "curve";
    private const string NetworkPrefix = "network.";
    private const string BestPrefix = "best.";
    private const string FirstMomentPrefix = "adam.exp_avg.";
    private const string SecondMomentPrefix = "adam.exp_avg_sq.";

    /// <summary>Writes a checkpoint after a step.</summary>
    public static void Write(string path, ITrainable training, TrainingState state)
    {
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(ConfigurationKey, training.Configuration);
        writer.AddMetadata(StepKey, state.Step.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata(BestStepKey, state.BestStep.ToString(CultureInfo.InvariantCulture));
        writer.AddMetadata(CurveKey, TrainingCurve.ToCsv(state.Curve));
        NetworkWeights.Add(writer, training.Network, NetworkPrefix);
        foreach (var (name, tensor) in state.Best)
        {
            writer.Add(BestPrefix + name, tensor);
        }

        foreach (var (name, moments) in Moments(training))
        {
            writer.Add(FirstMomentPrefix + name, moments.exp_avg);
            writer.Add(SecondMomentPrefix + name, moments.exp_avg_sq);
        }

        writer.Write(path);
    }

    /// <summary>Restores a training run from its checkpoint.</summary>
    /// <returns>Null if there is no checkpoint.</returns>
    /// <exception cref="DatasetException">The checkpoint is damaged, or belongs to a different training run.</exception>
    public static TrainingState? Read(string path, ITrainable training)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = SafeTensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(ConfigurationKey, out var configuration) || configuration != training.Configuration)
        {
            throw new DatasetException(
                path,
                null,
                null,
                $"this checkpoint belongs to a different training run: {Difference(configuration, training.Configuration)}; "
                    + "use another --out, or delete the file to start over"
            );
        }

        var state = new TrainingState { Step = Number(file, StepKey), BestStep = Number(file, BestStepKey) };
        state.Curve.AddRange(TrainingCurve.Parse(file.Metadata[CurveKey]));
        NetworkWeights.Load(file, training.Network, training.Name, NetworkPrefix);
        var moments = Moments(training).ToArray();
        NetworkWeights.Load(file, [.. moments.Select(m => (m.Name, m.State.exp_avg))], training.Name, FirstMomentPrefix);
        NetworkWeights.Load(file, [.. moments.Select(m => (m.Name, m.State.exp_avg_sq))], training.Name, SecondMomentPrefix);
        foreach (var (_, moment) in moments)
        {
            moment.step = state.Step;
        }

        if (state.BestStep > 0)
        {
            state.KeepBest(training.Network, state.BestStep);
            NetworkWeights.Load(file, [.. state.Best], training.Name, BestPrefix);
        }

        return state;
    }

    /// <summary>Describes the settings that differ, or both configurations if the file has no valid one.</summary>
    private static string Difference(string? saved, string current)
    {
        if (saved is null || Members(saved) is not { } before || Members(current) is not { } now)
        {
            return $"the configuration is {saved ?? "missing"} in the checkpoint and {current} here";
        }

        const string Missing = "not set";
        var names = before.Keys.Union(now.Keys).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name));
        return string.Join(
            ", ",
            names.Select(name =>
                $"{name} is {before.GetValueOrDefault(name, Missing)} in the checkpoint and {now.GetValueOrDefault(name, Missing)} here"
            )
        );
    }

    /// <summary>Gets the members of a JSON object by name, nested objects as text; null if it is not an object.</summary>
    private static Dictionary<string, string>? Members(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText(), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Number(SafeTensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DatasetException(
                file.Path,
                null,
                null,
                $"the checkpoint is damaged: its {key} is not a number; delete the file to start over"
            );

    /// <summary>Gets the state of Adam for each parameter, in the order of the parameters.</summary>
    private static IEnumerable<(string Name, Adam.State State)> Moments(ITrainable training) =>
        training.Network.named_parameters().Zip(training.Optimizer.state_dict().State, (p, s) => (p.name, (Adam.State)s));
}
