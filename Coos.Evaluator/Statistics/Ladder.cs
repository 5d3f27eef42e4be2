namespace Coos.Evaluator.Statistics;

/// <summary>
/// The Ladder (Blum and Hardt, "The Ladder: a reliable leaderboard for machine learning competitions", ICML 2015): a
/// submitter sees a new score only when a submission beats the best one shown by more than a step, so that many small
/// changes cannot fit the test set by what the leaderboard answers.
/// </summary>
/// <remarks>
/// Scores are errors: lower is better. The functions know nothing of other submitters; each has a ladder of its own. All
/// scores are computed from the whole sequence, so a withdrawn submission is left out by leaving it out of the sequence.
/// </remarks>
public static class Ladder
{
    // Errors are sums of fractions: 0.29 / 0.01 is a little less than 29. A billionth of a step decides nothing.
    private const double Slack = 1e-9;

    /// <summary>Algorithm 1 of the paper: the public score of each submission of one submitter.</summary>
    /// <remarks>
    /// The first is shown; a later one is shown if it is below the score shown last by more than the step, else that one
    /// is shown again. What is shown is rounded to the nearest multiple of the step within 0..1, as the paper's guarantee
    /// needs: a public score is never further than a step from the best true error so far.
    /// </remarks>
    /// <param name="errors">True errors in the order of submission, 0..1 each.</param>
    /// <param name="step">η, above 0 and at most 1.</param>
    /// <returns>As many public scores, never rising; two that differ do so by a step at least.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step or an error is outside its range, or not a number.</exception>
    public static double[] PublicScores(IReadOnlyList<double> errors, double step)
    {
        Check(errors);
        if (step is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step of a ladder is above 0 and at most 1.");
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
    /// The parameter-free Ladder, algorithm 2 of the paper: the step is the standard error of the paired difference
    /// between a submission and the one shown last, and what is shown is rounded to the nearest 1 / images.
    /// </summary>
    /// <remarks>The paper's error is plain; for a balanced one its s / sqrt(n) becomes <see cref="StandardError"/>.</remarks>
    /// <param name="errors">True errors in the order of submission, 0..1 each.</param>
    /// <param name="images">n, at least 1.</param>
    /// <param name="standardError">Of the difference of two submissions, given their places in <paramref name="errors"/>: the new one, then the one shown last.</param>
    /// <returns>As many public scores, never rising.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or a standard error is outside its range, or not a number.</exception>
    public static double[] PublicScores(IReadOnlyList<double> errors, int images, Func<int, int, double> standardError)
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

    /// <summary>The standard error of the difference of two balanced errors: sqrt(sum s_k² / n_k) / K'.</summary>
    /// <remarks>s_k is the sample standard deviation (n_k - 1) of the differences 1, -1 and 0 of the images of class k; 0 for a class of one image.</remarks>
    /// <param name="map">The layout of the split.</param>
    /// <param name="onlyFirst">b_k of <see cref="CorrectnessMap.Count"/>.</param>
    /// <param name="onlySecond">c_k of <see cref="CorrectnessMap.Count"/>.</param>
    public static double StandardError(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
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
                throw new ArgumentOutOfRangeException(nameof(errors), error, "An error is 0 to 1; a submission without a score has no place on a ladder.");
            }
        }
    }

    private static double Step(double standardError) => standardError >= 0
        ? standardError
        : throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error is 0 or more.");
}
