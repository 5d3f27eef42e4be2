namespace Coos.Web.Leaderboards;

/// <summary>The distribution of the errors of many entries on each split.</summary>
/// <param name="Quantiles">For each split: the errors at 5%, 25%, 50%, 75% and 95% of the entries, 0..1.</param>
public sealed record ShiftBand(IReadOnlyList<double[]> Quantiles)
{
    private static readonly double[] Parts = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>The median error on each split.</summary>
    public IEnumerable<double> Medians => Quantiles.Select(q => q[2]);

    /// <summary>The limits of the errors of the middle 90% of the entries.</summary>
    public IEnumerable<(double Lower, double Upper)> Most => Quantiles.Select(q => (q[0], q[4]));

    /// <summary>The limits of the errors of the middle 50% of the entries.</summary>
    public IEnumerable<(double Lower, double Upper)> Half => Quantiles.Select(q => (q[1], q[3]));

    /// <summary>Computes the distribution.</summary>
    /// <param name="errors">The errors of each entry on the same splits; at least one entry.</param>
    public static ShiftBand Compute(IReadOnlyList<IReadOnlyList<double>> errors) =>
        new([
            .. Enumerable
                .Range(0, errors[0].Count)
                .Select(split => errors.Select(e => e[split]).Order().ToArray())
                .Select(sorted => Parts.Select(part => Quantile(sorted, part)).ToArray()),
        ]);

    /// <summary>
    /// A quantile, interpolated between neighbours as by numpy and R by default (type 7 of Hyndman and Fan 1996).
    /// </summary>
    /// <param name="sorted">The numbers in ascending order; at least one.</param>
    /// <param name="part">0..1.</param>
    internal static double Quantile(double[] sorted, double part)
    {
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
