namespace Coos.Server.Forecasts;

/// <summary>The kinds of forecasts, in the order in which they are shown.</summary>
internal static class ForecastKinds
{
    /// <summary>The id of the assumption that nothing is lost under shift.</summary>
    public const string NoLoss = "noLoss";

    /// <summary>The id, the title, what it uses, and the forecast of an entry.</summary>
    public static IReadOnlyList<(string Id, string Title, string Uses, Func<ForecastEntry, double?> Get)> All { get; } =
    [
        ("thresholdedMaximum", "ATC, largest probability", "probabilities", e => e.ThresholdedMaximum),
        ("thresholdedEntropy", "ATC, negative entropy", "probabilities", e => e.ThresholdedEntropy),
        ("confidenceDifference", "Difference of confidences", "probabilities", e => e.ConfidenceDifference),
        ("agreementJoint", "Agreement-on-the-line, ALine-D", "predictions of all entries", e => e.AgreementJoint),
        ("agreementSingle", "Agreement-on-the-line, ALine-S", "predictions of all entries", e => e.AgreementSingle),
        (NoLoss, "No loss under shift", "the reference alone", e => e.ReferenceAccuracy),
    ];
}
