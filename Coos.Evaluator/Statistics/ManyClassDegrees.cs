using System.Numerics;
using System.Runtime.InteropServices;

namespace Coos.Evaluator.Statistics;

/// <summary>The degrees of freedom of <see cref="StratumDegrees"/> for strata of many classes.</summary>
internal static class ManyClassDegrees
{
    /// <summary>The same from the matrix B itself, for many classes in few clusters.</summary>
    public static double ComputeByClusters(ClusterLayout.Cell[][] rows, IReadOnlyList<double> weights)
    {
        var matrix = new double[rows.Length][];
        for (var g = 0; g < rows.Length; g++)
        {
            matrix[g] = new double[rows.Length];
            matrix[g][g] = rows[g].Sum(c => StratumDegrees.Weigh(c, weights));
        }

        foreach (var ofClass in rows.SelectMany((row, g) => row.Select(cell => (Row: g, Cell: cell))).GroupBy(c => c.Cell.Class))
        {
            foreach (var (g, own) in ofClass)
            {
                foreach (var (h, other) in ofClass)
                {
                    matrix[g][h] -= StratumDegrees.Weigh(own, weights) * other.Share;
                }
            }
        }

        var (trace, squares) = (0.0, 0.0);
        for (var g = 0; g < rows.Length; g++)
        {
            trace += Dot(matrix[g], matrix[g]);
            for (var h = 0; h < rows.Length; h++)
            {
                var product = Dot(matrix[g], matrix[h]);
                squares += product * product;
            }
        }

        return squares > 0 ? Math.Max(1, trace * trace / squares) : 1;
    }

    /// <summary>
    /// An approximation for many classes in many clusters: the number of clusters of one size with the same spread of sizes, less the
    /// share of the cells that fitting a mean for each class takes. For cells of one size this is exact.
    /// </summary>
    public static double Approximate(ClusterLayout.Cell[][] rows, int classes, IReadOnlyList<double> weights)
    {
        var (sum, squares, cells) = (0.0, 0.0, 0);
        foreach (var row in rows)
        {
            var own = row.Sum(c => StratumDegrees.Weigh(c, weights));
            (sum, squares, cells) = (sum + (own * own), squares + (own * own * own * own), cells + row.Length);
        }

        return squares > 0 ? Math.Max(1, sum * sum / squares * (1 - ((double)classes / cells))) : 1;
    }

    private static double Dot(double[] first, double[] second)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(first);
        var b = MemoryMarshal.Cast<double, Vector<double>>(second);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            sums += a[i] * b[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = a.Length * Vector<double>.Count; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }
}
