using System.Numerics;

namespace Coos.Evaluator.Statistics;

/// <summary>What metrics need to know of the probabilities of one image, computed several classes at a time.</summary>
internal static class ProbabilityRow
{
    /// <summary>The largest probability.</summary>
    /// <param name="row">The probabilities, of at least one class.</param>
    public static double Largest(ReadOnlySpan<double> row)
    {
        var (largest, i) = (row[0], 0);
        if (row.Length >= Vector<double>.Count)
        {
            var lanes = new Vector<double>(row);
            for (i = Vector<double>.Count; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                lanes = Vector.Max(lanes, new Vector<double>(row[i..]));
            }

            for (var k = 0; k < Vector<double>.Count; k++)
            {
                largest = Math.Max(largest, lanes[k]);
            }
        }

        for (; i < row.Length; i++)
        {
            largest = Math.Max(largest, row[i]);
        }

        return largest;
    }

    /// <summary>The sum over classes of (p - truth)², 0..2.</summary>
    /// <param name="row">The probabilities.</param>
    /// <param name="actual">The true class.</param>
    public static double SquaredError(ReadOnlySpan<double> row, int actual)
    {
        var (lanes, i) = (Vector<double>.Zero, 0);
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var values = new Vector<double>(row[i..]);
            lanes += values * values;
        }

        var sum = Vector.Sum(lanes);
        for (; i < row.Length; i++)
        {
            sum += row[i] * row[i];
        }

        return Math.Max(0, sum + 1 - (2 * row[actual]));
    }
}
