namespace Coos.Shared.Submissions;

/// <summary>
/// The details of an entry of a guarded benchmark that its submitter asked for. They are rounded, and count as answers about the
/// labels.
/// </summary>
/// <param name="Splits">The details of each split that was asked for so far.</param>
/// <param name="Bits">The bits of this request: 0 if everything was asked for before.</param>
/// <param name="Budget">What the participant was told in all.</param>
public sealed record DetailedReport(IReadOnlyList<DetailedSplit> Splits, double Bits, DisclosureBudget Budget);

/// <summary>The details of a split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="ConfusionPercent">
/// K x K whole percents of the images of each true class, <c>[true class][predicted class]</c>; the row of a class without images is
/// empty.
/// </param>
/// <param name="Sensitivities">The sensitivity of each class, 0..1, rounded to 0.01; null for a class without images.</param>
/// <param name="ExpectedCalibrationError">0..1, rounded to 0.01; null without probabilities.</param>
/// <param name="Brier">The Brier score, 0..2, rounded to 0.01; null without probabilities.</param>
public sealed record DetailedSplit(
    string Split,
    int[][] ConfusionPercent,
    IReadOnlyList<double?> Sensitivities,
    double? ExpectedCalibrationError,
    double? Brier
);

/// <summary>What the submitter sees of the detailed report of an entry.</summary>
/// <param name="Report">The details that were asked for so far.</param>
/// <param name="Offers">What the details of each other split cost.</param>
public sealed record DetailPage(DetailedReport Report, IReadOnlyList<DetailOffer> Offers);

/// <summary>What the details of a split cost that were not asked for yet.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Bits">The bits.</param>
/// <param name="IsAffordable">Whether the participant's limit allows them.</param>
public sealed record DetailOffer(string Split, double Bits, bool IsAffordable);
