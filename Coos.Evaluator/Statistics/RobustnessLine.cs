namespace Coos.Evaluator.Statistics;

/// <summary>
/// The expected accuracy on a shifted split for a given accuracy on the reference split: the least squares line
/// logit(shifted) = intercept + slope logit(reference) over the entries of a board. The effective robustness of an entry is
/// its distance above the line (Taori et al., "Measuring robustness to natural distribution shifts in image classification",
/// NeurIPS 2020).
/// </summary>
/// <param name="Slope">The slope, on logit axes.</param>
/// <param name="Intercept">The intercept, on logit axes.</param>
public sealed record RobustnessLine(double Slope, double Intercept)
{
    /// <summary>The minimum number of entries for a line.</summary>
    public const int MinEntries = 5;

    /// <summary>The minimum R² of a line from which the effective robustness of an entry is taken.</summary>
    public const double MinRSquared = 0.8;

    /// <summary>Accuracies are clamped to this distance from 0 and 1, where the logit is infinite.</summary>
    public const double Margin = 1e-4;

    /// <summary>Fits the line; null with fewer than five entries, or if all have the same reference accuracy.</summary>
    /// <param name="entries">Balanced accuracies, 0..1.</param>
    public static RobustnessLine? Fit(IReadOnlyList<(double Reference, double Shifted)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count < MinEntries || entries.All(e => e.Reference == entries[0].Reference))
        {
            return null;
        }

        double[] x = [.. entries.Select(e => Logit(e.Reference))];
        double[] y = [.. entries.Select(e => Logit(e.Shifted))];
        var (meanX, meanY) = (x.Average(), y.Average());
        var spread = x.Sum(v => (v - meanX) * (v - meanX));
        if (spread == 0)
        {
            return null;
        }

        var together = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        var (slope, total) = (together / spread, y.Sum(v => (v - meanY) * (v - meanY)));
        return new RobustnessLine(slope, meanY - (slope * meanX))
        {
            RSquared = total > 0 ? Math.Min(1, together * together / spread / total) : 1,
        };
    }

    /// <summary>R², the share of the variance of the shifted accuracies (on the logit axis) that the line explains, 0..1.</summary>
    public double RSquared { get; init; }

    /// <summary>
    /// Whether the line describes the entries well enough to judge one by its distance: R² is at least <see cref="MinRSquared"/>.
    /// </summary>
    public bool IsReliable => RSquared >= MinRSquared;

    /// <summary>The expected accuracy on the shifted split, 0..1.</summary>
    public double Expected(double reference) => 1 / (1 + Math.Exp(-(Intercept + (Slope * Logit(reference)))));

    /// <summary>The accuracy on the shifted split minus the expected one, -1..1.</summary>
    public double EffectiveRobustness(double reference, double shifted) => shifted - Expected(reference);

    /// <summary>Computes ln(p / (1 - p)), with p clamped to the margin.</summary>
    public static double Logit(double accuracy)
    {
        var p = Math.Clamp(accuracy, Margin, 1 - Margin);
        return Math.Log(p / (1 - p));
    }
}
