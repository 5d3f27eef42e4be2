namespace Coos.Evaluator.Statistics;

/// <summary>
/// The most likely errors of the classes, given that they average to some balanced error: those that maximise
/// sum x_k ln p_k + (n_k - x_k) ln(1 - p_k), as a path over the multiplier ν of that constraint. At ν = 0 they are the
/// observed x_k / n_k; as ν grows they fall to 0, as it sinks they rise to 1.
/// </summary>
/// <param name="errors">x_k, the wrong images of each class that is present.</param>
/// <param name="images">n_k, at least 1 each.</param>
internal sealed class LikeliestErrors(int[] errors, int[] images)
{
    /// <summary>The balanced error θ at a point of the path, and the variance that an observed one has about it.</summary>
    /// <remarks>p_k solves ν p² - (n_k + ν) p + x_k = 0; θ is their mean. The variance is
    /// sum p_k (1 - p_k) / (n_k - 1 + 1/K') / K'²: fitting K' errors of which only the mean is given takes 1 - 1/K' of an
    /// image from each class, as fitting a mean takes one from a sample variance. With one class nothing is fitted.</remarks>
    public (double Mean, double Variance) At(double multiplier)
    {
        var (sum, variance) = (0.0, 0.0);
        for (var k = 0; k < errors.Length; k++)
        {
            var p = Error(errors[k], images[k], multiplier);
            sum += p;
            variance += p * (1 - p) / (images[k] - 1 + (1.0 / errors.Length));
        }

        return (sum / errors.Length, variance / errors.Length / errors.Length);
    }

    private static double Error(double x, double n, double multiplier)
    {
        // Both forms of the discriminant are sums of what is not negative: nothing cancels.
        var root = Math.Sqrt(multiplier > 0
            ? ((n - multiplier) * (n - multiplier)) + (4 * multiplier * (n - x))
            : ((n + multiplier) * (n + multiplier)) - (4 * multiplier * x));
        var linear = n + multiplier;
        return linear > 0
            ? Math.Min(1, 2 * x / (linear + root))
            : Math.Clamp((linear - root) / (2 * multiplier), 0, 1);
    }
}
