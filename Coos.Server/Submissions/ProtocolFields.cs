using Coos.Server.Data;
using Coos.Shared.Submissions;

namespace Coos.Server.Submissions;

/// <summary>
/// The fields that name the run and the family of a method, and say how it was trained and tuned. All are optional.
/// </summary>
internal static class ProtocolFields
{
    /// <summary>The maximum of the numbers, which JavaScript can still represent exactly.</summary>
    public const long MaximumCount = 9_007_199_254_740_991;

    /// <summary>The names of the fields in forms and requests.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["run", "family", "pretraining", "trainingImages", "ensemble", "testTimeAdaptation", "tunedOn", "parameters"];

    /// <summary>Reads the run.</summary>
    public static string? ReadRun(FieldChecks checks) => checks.Line("run", Submission.RunLength);

    /// <summary>Reads the protocol.</summary>
    public static Protocol Read(FieldChecks checks) =>
        new()
        {
            Family = checks.Line("family", Submission.FamilyLength),
            Pretraining = checks.Line("pretraining", Submission.PretrainingLength),
            TrainingImages = checks.Count("trainingImages", MaximumCount),
            Ensemble = checks.YesOrNo("ensemble"),
            TestTimeAdaptation = checks.YesOrNo("testTimeAdaptation"),
            TunedOn = checks.OneOf<TunedOn>("tunedOn"),
            Parameters = checks.Count("parameters", MaximumCount),
        };

    /// <summary>Gets the protocol of a stored submission; null if nothing is stated.</summary>
    public static Protocol? Of(Submission row)
    {
        var protocol = new Protocol
        {
            Family = row.Family,
            Pretraining = row.Pretraining,
            TrainingImages = row.TrainingImages,
            Ensemble = row.Ensemble,
            TestTimeAdaptation = row.TestTimeAdaptation,
            TunedOn = row.TunedOn,
            Parameters = row.Parameters,
        };
        return protocol.IsEmpty ? null : protocol;
    }
}
