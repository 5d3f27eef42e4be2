namespace Coos.Evaluator.Forecasts;

/// <summary>
/// Average thresholded confidence (ATC): the accuracy on a split without labels is forecast as the share of its images whose
/// score is at least a threshold. On the reference split, as many images are below the threshold as the entry gets wrong (Garg,
/// Balakrishnan, Lipton, Neyshabur and Sedghi, "Leveraging unlabeled data to predict out-of-distribution performance", ICLR
/// 2022).
/// </summary>
public static class ThresholdedConfidence
{
    /// <summary>
    /// Finds the threshold as the program of the paper does: with w wrong images, the w-th smallest score of the reference split.
    /// Without a wrong image it is below every score.
    /// </summary>
    /// <param name="scores">The score of each image of the reference split.</param>
    /// <param name="wrong">The number of images of the reference split that the entry gets wrong, 0 to the number of scores.</param>
    public static double FindThreshold(ReadOnlySpan<double> scores, int wrong)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wrong);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wrong, scores.Length);
        if (wrong == 0)
        {
            return double.NegativeInfinity;
        }

        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted[wrong - 1];
    }

    /// <summary>Forecasts the accuracy on a split: the share of its images with at least the threshold, 0..1.</summary>
    /// <param name="scores">The score of each image of the split, at least one.</param>
    /// <param name="threshold">The threshold from <see cref="FindThreshold"/>.</param>
    public static double Forecast(ReadOnlySpan<double> scores, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scores.Length);
        var above = 0;
        foreach (var score in scores)
        {
            above += score >= threshold ? 1 : 0;
        }

        return (double)above / scores.Length;
    }
}
