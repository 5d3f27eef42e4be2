using Coos.Shared.Predictions;

namespace Coos.Evaluator.Statistics;

/// <summary>A point of a reliability diagram.</summary>
/// <param name="Images">The number of images in the bin.</param>
/// <param name="Confidence">The mean probability of the most probable class, 0..1.</param>
/// <param name="Accuracy">The share of images whose most probable class is the true one, 0..1.</param>
public readonly record struct ReliabilityBin(int Images, double Confidence, double Accuracy);

/// <summary>How well the probabilities of a submission are calibrated.</summary>
/// <param name="BalancedLogLoss">The mean over present classes of the mean -ln p of the true class, p clipped to 1e-15..1.</param>
/// <param name="Brier">The mean over images of the sum over classes of (p - truth)², 0..2 (Brier 1950).</param>
/// <param name="ExpectedCalibrationError">
/// The sum over bins of (images / all) |accuracy - confidence|, 0..1 (Naeini, Cooper and Hauskrecht 2015; bins of equal mass).
/// </param>
/// <param name="Bins">At most 15 bins, by increasing confidence.</param>
public sealed record Calibration(double BalancedLogLoss, double Brier, double ExpectedCalibrationError, IReadOnlyList<ReliabilityBin> Bins)
{
    /// <summary>
    /// The number of bins. Images are sorted by confidence, ties by position; bin b of n images is b n / 15 up to (b + 1) n / 15.
    /// </summary>
    public const int BinCount = 15;

    internal const double MinProbability = 1e-15;

    /// <summary>Computes the calibration of one split.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="probabilities">The probabilities of the same images.</param>
    public static Calibration Compute(ReadOnlySpan<ushort> actual, ClassProbabilities probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (actual.IsEmpty || probabilities.Images != actual.Length)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and probabilities of {probabilities.Images} images; the numbers must be equal and at least 1.",
                nameof(probabilities)
            );
        }

        var classCount = probabilities.ClassCount;
        var buffer = new double[classCount];

        var losses = new double[classCount];
        var images = new int[classCount];
        var rows = new (double Confidence, bool IsRight)[actual.Length];
        var brier = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var row = probabilities.RowOf(i, buffer);
            losses[actual[i]] -= Math.Log(Math.Clamp(row[actual[i]], MinProbability, 1));
            images[actual[i]]++;
            brier += ProbabilityRow.SquaredError(row, actual[i]);
            var best = row.IndexOf(ProbabilityRow.Largest(row));
            rows[i] = (row[best], best == actual[i]);
        }

        var present = Enumerable.Range(0, classCount).Where(k => images[k] > 0).ToArray();
        var bins = CreateBins(rows);
        var calibrationError = bins.Sum(b => b.Images * Math.Abs(b.Accuracy - b.Confidence)) / actual.Length;
        return new Calibration(present.Average(k => losses[k] / images[k]), brier / actual.Length, calibrationError, bins);
    }

    private static ReliabilityBin[] CreateBins((double Confidence, bool IsRight)[] rows)
    {
        var sorted = rows.OrderBy(r => r.Confidence).ToArray();
        var bins = new List<ReliabilityBin>();
        for (var b = 0; b < BinCount; b++)
        {
            var bin = sorted[(int)((long)b * rows.Length / BinCount)..(int)((b + 1L) * rows.Length / BinCount)];
            if (bin.Length > 0)
            {
                bins.Add(new ReliabilityBin(bin.Length, bin.Average(r => r.Confidence), bin.Average(r => r.IsRight ? 1.0 : 0)));
            }
        }

        return [.. bins];
    }
}
