using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Coos.Shared.Predictions.Arrays;

namespace Coos.Shared.Predictions;

/// <summary>Checks rows of scores that are numbers in the file, not text.</summary>
/// <param name="table">The scores.</param>
internal sealed class NumberRows(ScoreTable table)
{
    /// <summary>A sum that differs from 1 by less needs no second look, in whatever order the numbers were added up.</summary>
    private const double SumNoise = 5e-4;

    private static readonly Func<int> NoDecimals = () => 0;

    /// <summary>The scores.</summary>
    public ScoreTable Table => table;

    /// <summary>Stores a column of scores.</summary>
    /// <param name="column">The score of each row.</param>
    /// <param name="k">The class.</param>
    /// <param name="images">The image of each row, or -1; null if the rows are the images in order.</param>
    public void Scatter(ReadOnlySpan<double> column, int k, int[]? images)
    {
        for (var row = 0; row < column.Length; row++)
        {
            var image = images is null ? row : images[row];
            if (image >= 0)
            {
                table.Set(image, k, column[row]);
            }
        }
    }

    /// <summary>Checks and stores a row, and finds its class or compares it.</summary>
    /// <param name="row">The row, from <see cref="ScoreTable.Begin"/> or <see cref="ScoreTable.RowOf"/>.</param>
    /// <param name="image">The image; -1 if the row has none.</param>
    /// <param name="number">The number of the row, from 1.</param>
    /// <param name="found">Receives the class, if labels do not tell it; has the label otherwise.</param>
    /// <param name="hasLabels">Whether labels tell the classes.</param>
    public void Take(Span<double> row, int image, int number, ImageRows found, bool hasLabels)
    {
        var best = Check(row, number);
        table.Store(image);
        if (image < 0)
        {
            return;
        }

        if (hasLabels)
        {
            table.Compare(image, found.Classes[image], best);
        }
        else
        {
            found.SetClass(image, best);
        }
    }

    /// <summary>Whether numbers from 0 to 1 sum to 1, but for the rounding of 16-bit numbers.</summary>
    public static bool IsDistribution(Span<double> row)
    {
        var (sum, smallest, largest) = Summarise(row);
        return smallest >= -ProbabilityParser.Noise
            && largest <= 1 + ProbabilityParser.Noise
            && Math.Abs(sum - 1) <= RoundedSum.Tolerance + 1e-12;
    }

    /// <summary>Checks a row.</summary>
    /// <returns>The class with the largest score; the lowest index on a tie.</returns>
    private int Check(Span<double> row, int number)
    {
        var (sum, smallest, largest) = Summarise(row);
        var isPlain = double.IsFinite(sum) && (table.AreLogits || (smallest >= 0 && largest <= 1));
        if (!isPlain && !Clean(row, number))
        {
            return 0;
        }

        var best = row.IndexOf(isPlain ? largest : Max(row));
        if (!table.AreLogits && Math.Abs(sum - 1) > SumNoise)
        {
            table.CheckSum(row, SumInOrder(row), number, NoDecimals);
        }

        return Math.Max(0, best);
    }

    /// <summary>Adds the numbers up and finds the smallest and the largest. Turns -0 into 0: they must have the same hash.</summary>
    /// <remarks>Compiled at once with all optimisations, as <see cref="ClassProbabilities.Widen"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Smallest, double Largest) Summarise(Span<double> row)
    {
        var (sum, smallest, largest) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        var i = 0;
        if (row.Length >= Vector<double>.Count)
        {
            var (sums, low, high) = (Vector<double>.Zero, new Vector<double>(smallest), new Vector<double>(largest));
            for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var values = new Vector<double>(row[i..]) + Vector<double>.Zero;
                values.CopyTo(row[i..]);
                sums += values;
                low = Vector.MinNative(low, values);
                high = Vector.MaxNative(high, values);
            }

            sum = Vector.Sum(sums);
            for (var k = 0; k < Vector<double>.Count; k++)
            {
                smallest = Math.Min(smallest, low[k]);
                largest = Math.Max(largest, high[k]);
            }
        }

        for (; i < row.Length; i++)
        {
            row[i] += 0.0;
            sum += row[i];
            smallest = Math.Min(smallest, row[i]);
            largest = Math.Max(largest, row[i]);
        }

        return (sum, smallest, largest);
    }

    /// <summary>Takes what is outside of 0 to 1 by rounding as 0 or 1, and reports other numbers.</summary>
    /// <returns>Whether all numbers are scores.</returns>
    private bool Clean(Span<double> row, int number)
    {
        var isValid = true;
        double?[]? all = null;
        for (var k = 0; k < row.Length; k++)
        {
            var value = row[k];
            if (table.AreLogits ? double.IsFinite(value) : value is >= -ProbabilityParser.Noise and <= 1 + ProbabilityParser.Noise)
            {
                row[k] = table.AreLogits ? value : Math.Clamp(value, 0, 1) + 0.0;
                continue;
            }

            isValid = false;
            all ??= Finite(row);
            table.ReportNumber(number, k, Encoding.UTF8.GetBytes(NpyNumbers.Text(value)), all);
        }

        return isValid;
    }

    private static double?[] Finite(ReadOnlySpan<double> row)
    {
        var all = new double?[row.Length];
        for (var k = 0; k < all.Length; k++)
        {
            all[k] = double.IsFinite(row[k]) ? row[k] : null;
        }

        return all;
    }

    /// <summary>Adds up one by one, as for text: what is divided by the sum is then the same for both.</summary>
    private static double SumInOrder(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        return sum;
    }

    private static double Max(ReadOnlySpan<double> row)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in row)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
