namespace Coos.Evaluator.Statistics;

/// <summary>
/// The uncertainty of a <see cref="RobustnessLine"/>: the lines of 1,000 resamples of families of methods with replacement (Davison and
/// Hinkley, "Bootstrap Methods and their Application", 1997, 3.8). Entries of one family have similar errors, so families are drawn as
/// a whole.
/// </summary>
public sealed class RobustnessBootstrap
{
    /// <summary>The number of resamples.</summary>
    public const int Replicates = 1000;

    /// <summary>The minimum number of families. Of two, half of the resamples hold one alone.</summary>
    public const int MinFamilies = 3;

    private const int Tail = Replicates / 40;
    private const ulong Seed = 11UL << 32;

    private readonly RobustnessLine[] _lines;

    private RobustnessBootstrap(RobustnessLine[] lines) => _lines = lines;

    /// <summary>Resamples the line of a board.</summary>
    /// <param name="entries">The family of each entry and its balanced accuracies, 0..1.</param>
    /// <returns>The lines; null with fewer than three families, or if too few resamples have a line.</returns>
    public static RobustnessBootstrap? Create(IReadOnlyList<(string Family, double Reference, double Shifted)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Moments[] families =
        [
            .. entries.GroupBy(e => e.Family, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Moments.Of),
        ];
        if (families.Length < MinFamilies)
        {
            return null;
        }

        var mix = new SplitMix(Seed);
        var lines = new List<RobustnessLine>(Replicates);
        for (var r = 0; r < Replicates; r++)
        {
            var sum = default(Moments);
            for (var i = 0; i < families.Length; i++)
            {
                sum = sum.Add(families[mix.Below(families.Length)]);
            }

            if (sum.Fit() is { } line)
            {
                lines.Add(line);
            }
        }

        return lines.Count < Replicates * 9 / 10 ? null : new RobustnessBootstrap([.. lines]);
    }

    /// <summary>
    /// Computes the 95% interval of an entry's effective robustness. It covers the uncertainty of the line, not that of the accuracies.
    /// </summary>
    /// <param name="reference">The balanced accuracy on the reference split, 0..1.</param>
    /// <param name="shifted">The balanced accuracy on the shifted split, 0..1.</param>
    public Interval ComputeInterval(double reference, double shifted)
    {
        double[] values = [.. _lines.Select(l => l.EffectiveRobustness(reference, shifted))];
        Array.Sort(values);
        return new Interval(values[Tail - 1], values[values.Length - Tail]);
    }

    /// <summary>The sums from which a least squares line follows.</summary>
    private readonly record struct Moments(double Count, double X, double Y, double XX, double XY)
    {
        public static Moments Of(IEnumerable<(string Family, double Reference, double Shifted)> entries)
        {
            var sum = default(Moments);
            foreach (var (_, reference, shifted) in entries)
            {
                var (x, y) = (RobustnessLine.Logit(reference), RobustnessLine.Logit(shifted));
                sum = sum.Add(new Moments(1, x, y, x * x, x * y));
            }

            return sum;
        }

        public Moments Add(Moments other) => new(Count + other.Count, X + other.X, Y + other.Y, XX + other.XX, XY + other.XY);

        public RobustnessLine? Fit()
        {
            var spread = XX - (X * X / Count);
            if (spread <= 1e-9 * XX)
            {
                return null;
            }

            var slope = (XY - (X * Y / Count)) / spread;
            return new RobustnessLine(slope, (Y - (slope * X)) / Count);
        }
    }
}
