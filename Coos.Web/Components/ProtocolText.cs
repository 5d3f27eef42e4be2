using System.Globalization;
using Coos.Shared.Submissions;

namespace Coos.Web.Components;

/// <summary>Describes how a method was trained and tuned, in a few words per stated field.</summary>
internal static class ProtocolText
{
    /// <summary>Describes external data and protocol; empty if nothing is stated.</summary>
    public static IEnumerable<string> Describe(bool? externalData, Protocol? protocol)
    {
        if (externalData is { } external)
        {
            yield return external ? "trained with external data" : "no external data";
        }

        foreach (var text in Describe(protocol ?? Protocol.None))
        {
            yield return text;
        }
    }

    /// <summary>Describes a protocol; empty if nothing is stated.</summary>
    public static IEnumerable<string> Describe(Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        string?[] texts =
        [
            protocol.Family is { } family ? $"family {family}" : null,
            protocol.Pretraining is { } pretraining
                ? string.Equals(pretraining, "none", StringComparison.OrdinalIgnoreCase)
                    ? "no pretraining"
                    : $"pretrained on {pretraining}"
                : null,
            protocol.TrainingImages is { } images ? $"{Number(images)} training images" : null,
            protocol.Ensemble switch
            {
                true => "ensemble",
                false => "single model",
                null => null,
            },
            protocol.TestTimeAdaptation switch
            {
                true => "adapted to the test images",
                false => "no test-time adaptation",
                null => null,
            },
            protocol.TunedOn switch
            {
                TunedOn.Training => "tuned on training",
                TunedOn.Reference => "tuned on the reference split",
                TunedOn.Other => "tuned on other test data",
                _ => null,
            },
            protocol.Parameters is { } parameters ? $"{Number(parameters)} parameters" : null,
        ];
        return texts.OfType<string>();
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
