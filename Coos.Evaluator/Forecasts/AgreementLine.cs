using System.Numerics;
using System.Runtime.InteropServices;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Forecasts;

/// <summary>An entry whose accuracy on a shifted split is forecast from how often it agrees with the others.</summary>
/// <param name="Reference">The predicted classes on the reference split.</param>
/// <param name="Shifted">The predicted classes on the shifted split.</param>
/// <param name="Accuracy">The accuracy on the reference split, 0..1.</param>
public sealed record AgreeingEntry(ushort[] Reference, ushort[] Shifted, double Accuracy);

/// <summary>The forecasts of one entry.</summary>
/// <param name="Single">ALine-S: the line applied to the entry's own accuracy, 0..1.</param>
/// <param name="Joint">
/// ALine-D: the accuracies that explain all agreements best, 0..1; null if the entry's agreements do not determine it.
/// </param>
public readonly record struct AgreementForecast(double Single, double? Joint);

/// <summary>
/// Agreement-on-the-line: the agreement of pairs of entries on a shifted split against that on the reference split, on probit
/// axes. The line of the agreements is used as the line of the accuracies, which needs no labels of the shifted split (Baek,
/// Jiang, Raghunathan and Kolter, "Agreement-on-the-line: predicting the performance of neural networks under distribution
/// shift", NeurIPS 2022).
/// </summary>
/// <param name="Slope">The slope of the line.</param>
/// <param name="Intercept">The intercept of the line.</param>
/// <param name="RSquared">The share of the variance that the line explains, 0..1. The paper trusts lines from 0.95.</param>
/// <param name="Pairs">The number of pairs that the line is fitted to.</param>
/// <param name="Forecasts">The forecasts of the entries in order; null for an entry that is right on all or no reference images.</param>
public sealed record AgreementLine(double Slope, double Intercept, double RSquared, int Pairs, IReadOnlyList<AgreementForecast?> Forecasts)
{
    /// <summary>The minimum number of pairs, those of three entries.</summary>
    public const int MinPairs = 3;

    /// <summary>Pairs that agree on less of a split are left out, as in the program of the paper.</summary>
    public const double MinAgreement = 0.05;

    /// <summary>Pairs that agree on more of a split are left out.</summary>
    public const double MaxAgreement = 0.98;

    /// <summary>Fits the line; null with fewer than three pairs, or if all pairs agree equally on the reference split.</summary>
    public static AgreementLine? Fit(IReadOnlyList<AgreeingEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        int[] usable = [.. Enumerable.Range(0, entries.Count).Where(i => entries[i].Accuracy is > 0 and < 1)];
        var pairs = ListPairs([.. usable.Select(i => entries[i])]);
        if (pairs.Count < MinPairs)
        {
            return null;
        }

        var (meanX, meanY) = (pairs.Average(p => p.Reference), pairs.Average(p => p.Shifted));
        var spread = pairs.Sum(p => (p.Reference - meanX) * (p.Reference - meanX));
        if (spread == 0)
        {
            return null;
        }

        var slope = pairs.Sum(p => (p.Reference - meanX) * (p.Shifted - meanY)) / spread;
        var intercept = meanY - (slope * meanX);
        var total = pairs.Sum(p => (p.Shifted - meanY) * (p.Shifted - meanY));
        var rest = pairs.Sum(p => Square(p.Shifted - intercept - (slope * p.Reference)));
        double[] accuracies = [.. usable.Select(i => Probit.Compute(entries[i].Accuracy))];
        var joint = PairSystem.Solve(
            usable.Length,
            [
                .. pairs.Select(p =>
                    (p.First, p.Second, p.Shifted + (slope * (((accuracies[p.First] + accuracies[p.Second]) / 2) - p.Reference)))
                ),
            ]
        );
        var forecasts = new AgreementForecast?[entries.Count];
        for (var u = 0; u < usable.Length; u++)
        {
            forecasts[usable[u]] = new AgreementForecast(
                Probit.Invert(intercept + (slope * accuracies[u])),
                joint[u] is { } z ? Probit.Invert(z) : null
            );
        }

        return new AgreementLine(slope, intercept, total > 0 ? 1 - (rest / total) : 1, pairs.Count, forecasts);
    }

    /// <summary>Counts the equal elements of two spans of one length.</summary>
    public static int CountEqual(ReadOnlySpan<ushort> first, ReadOnlySpan<ushort> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        var a = MemoryMarshal.Cast<ushort, Vector<ushort>>(first);
        var b = MemoryMarshal.Cast<ushort, Vector<ushort>>(second);
        var count = 0;
        for (var start = 0; start < a.Length; start += ushort.MaxValue)
        {
            // Each lane counts up to 65,535 equal elements.
            var lanes = Vector<ushort>.Zero;
            for (var i = start; i < Math.Min(a.Length, start + ushort.MaxValue); i++)
            {
                lanes -= Vector.Equals(a[i], b[i]);
            }

            Vector.Widen(lanes, out var low, out var high);
            count += (int)Vector.Sum(low + high);
        }

        for (var i = a.Length * Vector<ushort>.Count; i < first.Length; i++)
        {
            count += first[i] == second[i] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Lists the pairs whose agreements are within the limits on both splits, with the probits of the agreements.</summary>
    private static List<(int First, int Second, double Reference, double Shifted)> ListPairs(AgreeingEntry[] entries)
    {
        var pairs = new List<(int, int, double, double)>();
        for (var i = 0; i < entries.Length; i++)
        {
            for (var j = i + 1; j < entries.Length; j++)
            {
                var reference = (double)CountEqual(entries[i].Reference, entries[j].Reference) / entries[i].Reference.Length;
                var shifted = (double)CountEqual(entries[i].Shifted, entries[j].Shifted) / entries[i].Shifted.Length;
                if (reference is >= MinAgreement and <= MaxAgreement && shifted is >= MinAgreement and <= MaxAgreement)
                {
                    pairs.Add((i, j, Probit.Compute(reference), Probit.Compute(shifted)));
                }
            }
        }

        return pairs;
    }

    private static double Square(double x) => x * x;
}
