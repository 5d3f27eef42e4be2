namespace Coos.Evaluator.Statistics;

/// <summary>
/// The most likely errors of the classes under the constraint of a given balanced error: they maximise
/// sum x_k ln p_k + (n_k - x_k) ln(1 - p_k), as a path over the Lagrange multiplier ν of the constraint. At ν = 0 they are
/// the observed x_k / n_k; they fall to 0 as ν increases, and rise to 1 as ν decreases.
/// </summary>
/// <param name="errors">x_k, the number of misclassified images of each present class.</param>
/// <param name="images">n_k, the number of images of each present class, at least 1.</param>
internal sealed class MostLikelyErrors(int[] errors, int[] images)
{
    /// <summary>Computes the balanced error θ at a point of the path, and the variance of an observed balanced error around it.</summary>
    /// <remarks>
    /// p_k solves ν p² - (n_k + ν) p + x_k = 0; θ is the mean of p_k. The variance is
    /// sum p_k (1 - p_k) / (n_k - 1 + 1/K') / K'²: fitting K' errors with a given mean costs 1 - 1/K' of an image per class, as
    /// fitting a mean costs one in a sample variance. With one class nothing is fitted.
    /// </remarks>
    public (double Mean, double Variance) At(double multiplier)
    {
        var (sum, variance) = (0.0, 0.0);
        for (var k = 0; k < errors.Length; k++)
        {
            var p = FindError(errors[k], images[k], multiplier);
            sum += p;
            variance += p * (1 - p) / (images[k] - 1 + (1.0 / errors.Length));
        }

        return (sum / errors.Length, variance / errors.Length / errors.Length);
    }

    /// <summary>Computes p_k at a point of the path.</summary>
    /// <param name="x">x_k.</param>
    /// <param name="n">n_k.</param>
    /// <param name="multiplier">ν.</param>
    internal static double FindError(double x, double n, double multiplier)
    {
        // Both forms of the discriminant are sums of non-negative terms, so nothing cancels.
        var root = Math.Sqrt(
            multiplier > 0
                ? ((n - multiplier) * (n - multiplier)) + (4 * multiplier * (n - x))
                : ((n + multiplier) * (n + multiplier)) - (4 * multiplier * x)
        );
        var linear = n + multiplier;
        return linear > 0 ? Math.Min(1, 2 * x / (linear + root)) : Math.Clamp((linear - root) / (2 * multiplier), 0, 1);
    }
}
