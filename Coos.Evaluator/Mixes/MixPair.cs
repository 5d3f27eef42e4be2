using System.Numerics;
using System.Runtime.InteropServices;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>The difference of two entries under a mix, and its test.</summary>
/// <param name="Difference">The weighted error of the first minus that of the second.</param>
/// <param name="Variance">Its variance between clusters, and one more discordant image.</param>
/// <param name="Degrees">Its degrees of freedom, by Satterthwaite over the strata.</param>
public readonly record struct MixPair(double Difference, double Variance, double Degrees)
{
    private const int TabulatedDegrees = 200;

    private static readonly double[] Surely = FindSurely();

    /// <summary>The two-sided p of no difference, by Student's t; 1 if both are equal.</summary>
    public double P => Difference == 0 ? 1 : Student.TwoSided(Difference / Math.Sqrt(Variance), Degrees);

    /// <summary>The 95% interval of the difference.</summary>
    public Interval Interval
    {
        get
        {
            var half = Student.Quantile975(Degrees) * Math.Sqrt(Variance);
            return new Interval(Difference - half, Difference + half);
        }
    }

    /// <summary>
    /// Whether p is certainly above 5%, whatever the degrees of freedom: then it is never significant among many pairs either.
    /// </summary>
    private bool IsSurelyOpen => Difference * Difference <= Wilson.Normal975 * Wilson.Normal975 * Variance;

    /// <summary>Compares two entries that were scored with the same layout.</summary>
    /// <remarks>
    /// The variance is the sum over strata of m/(m - 1) · sum of (u - v)², where u and v are the contributions of a cluster to the
    /// errors of both. Strata are the connected components of the classes with a weight and the clusters.
    /// </remarks>
    public static MixPair Compute(MixLayout layout, MixedScore first, MixedScore second)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (sum, squares) = (0.0, 0.0);
        foreach (var stratum in layout.Strata)
        {
            var variance = SumSquares(
                first.Values.AsSpan(stratum.Start, stratum.End - stratum.Start),
                second.Values.AsSpan(stratum.Start, stratum.End - stratum.Start)
            );
            sum += variance;
            squares += variance * variance / stratum.Degrees;
        }

        return new MixPair(
            first.Error - second.Error,
            sum + layout.LeastVariance,
            squares > 0 ? Math.Max(1, sum * sum / squares) : Math.Max(1, layout.Strata.Sum(s => s.Degrees))
        );
    }

    /// <summary>
    /// The p of the pair for Holm's correction over the pairs of a board: 1 instead of any p that is certainly above 5%, and
    /// <see cref="ScreenedPair.SurelySignificant"/> instead of any that is smaller.
    /// </summary>
    internal double ComputeScreenedP() =>
        Difference == 0 || IsSurelyOpen ? 1
        : Math.Abs(Difference) >= Surely[Math.Min((int)Degrees, Surely.Length - 1)] * Math.Sqrt(Variance) ? ScreenedPair.SurelySignificant
        : P;

    /// <summary>The t from which p is surely significant, by whole degrees of freedom; the last one serves all larger ones.</summary>
    private static double[] FindSurely() =>
        [
            double.PositiveInfinity,
            .. Enumerable
                .Range(1, TabulatedDegrees)
                .Select(degrees =>
                {
                    var (low, high) = (0.0, 1e8);
                    for (var i = 0; i < 80; i++)
                    {
                        var middle = (low + high) / 2;
                        (low, high) =
                            2 * Student.UpperTail(middle, degrees) > ScreenedPair.SurelySignificant ? (middle, high) : (low, middle);
                    }

                    return high;
                }),
        ];

    private static double SumSquares(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            var difference = left[i] - right[i];
            sums += difference * difference;
        }

        var sum = Vector.Sum(sums);
        for (var i = left.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
