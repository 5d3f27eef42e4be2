namespace Coos.Shared.Scores;

/// <summary>How far the probabilities of one split can be believed; docs/metrics.md has the definitions and their sources.</summary>
/// <param name="BalancedLogLoss">The mean over present classes of the mean -ln p of the true class, 0 to 34.5: p is clipped at 1e-15.</param>
/// <param name="Brier">The mean over images of the sum over classes of (p - truth)², 0..2.</param>
/// <param name="ExpectedCalibrationError">The mean distance of accuracy and confidence over the bins, weighted by their images, 0..1.</param>
/// <param name="Bins">The reliability diagram: at most 15 bins of equal mass, by rising confidence.</param>
public sealed record CalibrationScore(
    double BalancedLogLoss, double Brier, double ExpectedCalibrationError, IReadOnlyList<CalibrationBin> Bins);

/// <summary>A point of a reliability diagram.</summary>
/// <param name="Images">The images of the bin.</param>
/// <param name="Confidence">The mean of their largest probabilities, 0..1.</param>
/// <param name="Accuracy">The share of them whose most probable class is the true one, 0..1.</param>
public sealed record CalibrationBin(int Images, double Confidence, double Accuracy);
