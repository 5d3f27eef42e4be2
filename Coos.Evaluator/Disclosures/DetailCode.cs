using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Disclosures;

/// <summary>
/// The length in bits of a detailed report of one split: a confusion matrix in whole percents and, if the predictions have
/// probabilities, two calibration numbers rounded to 0.01.
/// </summary>
/// <remarks>
/// A row of the matrix is one of C(100 + K - 1, K - 1) ways to divide 100 percents among K classes. The expected calibration
/// error, 0..1, has 101 values, and the Brier score, 0..2, has 201. The length is the logarithm of the number of possible reports,
/// so <see cref="InformationBound"/> applies to it. Log loss is never part of it, because it has no largest value.
/// </remarks>
public static class DetailCode
{
    private const int Percents = 100;
    private const int CalibrationErrors = 101;
    private const int BrierScores = 201;

    /// <summary>Computes the bits of one detailed report.</summary>
    /// <param name="classes">K, the number of classes of the benchmark, at least 1: the columns.</param>
    /// <param name="classesPresent">The number of classes that have images in the split, 0..K: the rows.</param>
    /// <param name="hasCalibration">Whether calibration is shown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double ComputeBits(int classes, int classesPresent, bool hasCalibration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(classesPresent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classesPresent, classes);
        var row = (LogGamma.Compute(Percents + classes) - LogGamma.Compute(classes) - LogGamma.Compute(Percents + 1)) / Math.Log(2);
        var calibration = hasCalibration ? Math.Log2(CalibrationErrors) + Math.Log2(BrierScores) : 0;
        return (classesPresent * row) + calibration;
    }

    /// <summary>Rounds an expected calibration error, 0..1, or a Brier score, 0..2, to 0.01.</summary>
    /// <param name="value">The number, 0..2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range, or not a number.</exception>
    public static double RoundCalibration(double value) =>
        value is >= 0 and <= 2
            ? Math.Round(value, 2, MidpointRounding.AwayFromZero)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A calibration number must be 0 to 2.");
}
