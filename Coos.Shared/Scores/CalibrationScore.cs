namespace Coos.Shared.Scores;

/// <summary>How well the probabilities of one split are calibrated; docs/metrics.md has the definitions and their sources.</summary>
/// <param name="BalancedLogLoss">The mean over present classes of the mean -ln p of the true class, 0..34.5: p is clipped at 1e-15.</param>
/// <param name="Brier">The mean over images of the sum over classes of (p - truth)², 0..2.</param>
/// <param name="ExpectedCalibrationError">
/// The mean difference between accuracy and confidence over the bins, weighted by their images, 0..1.
/// </param>
/// <param name="Bins">The reliability diagram: at most 15 bins of equal mass, by increasing confidence.</param>
public sealed record CalibrationScore(
    double BalancedLogLoss,
    double Brier,
    double ExpectedCalibrationError,
    IReadOnlyList<CalibrationBin> Bins
);

/// <summary>A point of a reliability diagram.</summary>
/// <param name="Images">The number of images in the bin.</param>
/// <param name="Confidence">The mean of the largest probability of each image, 0..1.</param>
/// <param name="Accuracy">The share of images whose most probable class is the true one, 0..1.</param>
public sealed record CalibrationBin(int Images, double Confidence, double Accuracy);
