using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>
/// The Ladder (Blum and Hardt, "The Ladder: a reliable leaderboard for machine learning competitions", ICML 2015): a
/// submitter sees a new score only if a submission beats the best one shown by more than a step, so that the test set cannot
/// be fitted through many small changes. The reference for <see cref="Disclosures.ReleaseRuleTests"/>.
/// </summary>
/// <remarks>
/// Scores are errors: lower is better. Each submitter has a separate ladder. All scores are computed from the whole
/// sequence, so a withdrawn submission is omitted from it.
/// </remarks>
internal static class Ladder
{
    // Errors are sums of fractions: 0.29 / 0.01 is slightly below 29. A billionth of a step must not matter.
    private const double Slack = 1e-9;

    /// <summary>Computes the public score of each submission of one submitter, by algorithm 1 of the paper.</summary>
    /// <remarks>
    /// The first score is shown. A later score is shown if it is below the last one shown by more than the step; otherwise the
    /// last one is shown again. Scores are rounded to the nearest multiple of the step within 0..1, as the paper's guarantee
    /// requires: a public score is within one step of the best true error so far.
    /// </remarks>
    /// <param name="errors">The true errors in the order of submission, 0..1 each.</param>
    /// <param name="step">η, above 0 and at most 1.</param>
    /// <returns>The public score of each submission, never increasing; two that differ, differ by at least one step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step or an error is outside its range, or not a number.</exception>
    public static double[] ComputePublicScores(IReadOnlyList<double> errors, double step)
    {
        Check(errors);
        if (step is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step of a ladder must be above 0 and at most 1.");
        }

        var shown = new double[errors.Count];
        var rung = double.PositiveInfinity;
        var highest = Math.Floor((1 / step) + Slack);
        for (var t = 0; t < shown.Length; t++)
        {
            var steps = errors[t] / step;
            rung = steps < rung - 1 - Slack ? Math.Min(highest, Math.Round(steps, MidpointRounding.AwayFromZero)) : rung;
            shown[t] = rung * step;
        }

        return shown;
    }

    /// <summary>
    /// Computes the public scores by the parameter-free Ladder, algorithm 2 of the paper: the step is the standard error of the
    /// paired difference between a submission and the one shown last; scores are rounded to the nearest 1 / images.
    /// </summary>
    /// <remarks>The paper uses the plain error; for a balanced error, its s / sqrt(n) becomes <see cref="ComputeStandardError"/>.</remarks>
    /// <param name="errors">The true errors in the order of submission, 0..1 each.</param>
    /// <param name="images">n, the number of images, at least 1.</param>
    /// <param name="standardError">
    /// The standard error of the difference of two submissions, given their indices in <paramref name="errors"/>: the new one,
    /// then the one shown last.
    /// </param>
    /// <returns>The public score of each submission, never increasing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or a standard error is outside its range, or not a number.</exception>
    public static double[] ComputePublicScores(IReadOnlyList<double> errors, int images, Func<int, int, double> standardError)
    {
        Check(errors);
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        ArgumentNullException.ThrowIfNull(standardError);
        var shown = new double[errors.Count];
        var last = 0;
        for (var t = 0; t < shown.Length; t++)
        {
            if (t == 0 || errors[t] < shown[t - 1] - Step(standardError(t, last)) - (Slack / images))
            {
                shown[t] = Math.Round(errors[t] * images, MidpointRounding.AwayFromZero) / images;
                last = t;
            }
            else
            {
                shown[t] = shown[t - 1];
            }
        }

        return shown;
    }

    /// <summary>Computes the standard error of the difference of two balanced errors: sqrt(sum s_k² / n_k) / K'.</summary>
    /// <remarks>
    /// s_k is the sample standard deviation (n_k - 1) of the differences 1, -1 and 0 of the images of class k; 0 for a class of
    /// one image.
    /// </remarks>
    /// <param name="map">The layout of the split.</param>
    /// <param name="onlyFirst">b_k of <see cref="CorrectnessMap.Count"/>.</param>
    /// <param name="onlySecond">c_k of <see cref="CorrectnessMap.Count"/>.</param>
    public static double ComputeStandardError(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
    {
        ArgumentNullException.ThrowIfNull(map);
        var sum = 0.0;
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            double n = map.ClassImages[k];
            if (n > 1)
            {
                double more = onlyFirst[k] - onlySecond[k];
                sum += (onlyFirst[k] + onlySecond[k] - (more * more / n)) / ((n - 1) * n);
            }
        }

        return Math.Sqrt(sum) / map.Present;
    }

    private static void Check(IReadOnlyList<double> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        foreach (var error in errors)
        {
            if (error is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(errors),
                    error,
                    "An error must be 0 to 1; leave out submissions without a score."
                );
            }
        }
    }

    private static double Step(double standardError) =>
        standardError >= 0
            ? standardError
            : throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error must be 0 or more.");
}
