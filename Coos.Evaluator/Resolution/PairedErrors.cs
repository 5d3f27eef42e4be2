namespace Coos.Evaluator.Resolution;

/// <summary>The joint errors of two entries on one image.</summary>
public static class PairedErrors
{
    /// <summary>
    /// Computes the probability that both entries are wrong: e₁ e₂ + ρ sqrt(e₁ (1 - e₁) e₂ (1 - e₂)), at most the smaller error.
    /// </summary>
    /// <param name="first">e₁, the error of the first entry, 0..1.</param>
    /// <param name="second">e₂, the error of the second entry, 0..1.</param>
    /// <param name="agreement">
    /// ρ, the correlation of the two errors over the images of a class, 0..1: 0 if the entries err independently, 1 if the same images
    /// are wrong.
    /// </param>
    public static double ComputeBothWrong(double first, double second, double agreement) =>
        Math.Min(Math.Min(first, second), (first * second) + (agreement * Math.Sqrt(first * (1 - first) * second * (1 - second))));

    /// <summary>Computes q, the probability that exactly one of the entries is wrong.</summary>
    /// <param name="first">The error of the first entry, 0..1.</param>
    /// <param name="second">The error of the second entry, 0..1.</param>
    /// <param name="agreement">The correlation of their errors, 0..1.</param>
    public static double ComputeDiscordance(double first, double second, double agreement) =>
        first + second - (2 * ComputeBothWrong(first, second, agreement));

    /// <summary>Computes the variance of the difference of the errors of one image: q - delta².</summary>
    /// <param name="error">e, the error of the better entry, 0..1.</param>
    /// <param name="difference">delta, how much larger that of the other is.</param>
    /// <param name="agreement">The correlation of their errors, 0..1.</param>
    public static double ComputeVariance(double error, double difference, double agreement) =>
        Math.Max(0, ComputeDiscordance(error, error + difference, agreement) - (difference * difference));
}
