using System.Globalization;
using System.Text.Json;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>
/// A filter of entries by their protocol. An entry that does not state a field does not match a filter of it: what is unknown is
/// not assumed.
/// </summary>
public sealed record ProtocolFilter
{
    /// <summary>The filter that all entries match.</summary>
    public static ProtocolFilter None { get; } = new();

    /// <summary>Text that the stated pretraining must contain; empty for all.</summary>
    public string Pretraining { get; init; } = "";

    /// <summary>Shows only ensembles, or only single models; null for all.</summary>
    public bool? Ensemble { get; init; }

    /// <summary>Shows only entries with, or without, adaptation to the test images; null for all.</summary>
    public bool? TestTimeAdaptation { get; init; }

    /// <summary>Shows only entries that were tuned on these data; null for all.</summary>
    public TunedOn? TunedOn { get; init; }

    /// <summary>The maximum number of training images; null for all.</summary>
    public long? MaxTrainingImages { get; init; }

    /// <summary>The maximum number of parameters; null for all.</summary>
    public long? MaxParameters { get; init; }

    /// <summary>The names of its parameters in query strings.</summary>
    public static IReadOnlyList<string> ParameterNames { get; } =
    ["pretraining", "ensemble", "testTimeAdaptation", "tunedOn", "maxTrainingImages", "maxParameters"];

    /// <summary>Whether an entry with this protocol is shown.</summary>
    public bool Matches(Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return (Pretraining.Length == 0 || protocol.Pretraining?.Contains(Pretraining, StringComparison.OrdinalIgnoreCase) == true)
            && (Ensemble is null || protocol.Ensemble == Ensemble)
            && (TestTimeAdaptation is null || protocol.TestTimeAdaptation == TestTimeAdaptation)
            && (TunedOn is null || protocol.TunedOn == TunedOn)
            && (MaxTrainingImages is null || protocol.TrainingImages <= MaxTrainingImages)
            && (MaxParameters is null || protocol.Parameters <= MaxParameters);
    }

    /// <summary>The parameters with their values, empty for none.</summary>
    public IEnumerable<(string Name, string Value)> Parameters() =>
        [
            ("pretraining", Pretraining),
            ("ensemble", ToText(Ensemble)),
            ("testTimeAdaptation", ToText(TestTimeAdaptation)),
            ("tunedOn", TunedOn is { } tuned ? JsonNamingPolicy.CamelCase.ConvertName(tuned.ToString()) : ""),
            ("maxTrainingImages", MaxTrainingImages?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("maxParameters", MaxParameters?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ];

    /// <summary>Converts a flag to its text in query strings; empty for null.</summary>
    internal static string ToText(bool? flag) =>
        flag switch
        {
            true => "true",
            false => "false",
            null => "",
        };
}
