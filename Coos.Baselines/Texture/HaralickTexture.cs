using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coos.Baselines.Texture;

/// <summary>Computes the 13 texture features of Haralick for one image, distance and direction.</summary>
/// <remarks>
/// Haralick, Shanmugam and Dinstein, IEEE Transactions on Systems, Man and Cybernetics 3(6), 1973, as implemented by mahotas 1.4
/// (symmetric matrix; feature 10 is the variance of the vector p_minus). One pass counts the pairs and updates the sums over the
/// matrix, with a table for the steps of c log2 c. An instance holds buffers, so each thread needs its own.
/// </remarks>
public sealed class HaralickTexture
{
    /// <summary>The number of features.</summary>
    public const int FeatureCount = 13;

    private const int Levels = 256;

    private static readonly (int Y, int X)[] Steps = [(0, 1), (1, 1), (1, 0), (1, -1)];

    private readonly int[] _cells = new int[Levels * Levels];
    private readonly int[] _marginal = new int[Levels];
    private readonly int[] _plus = new int[(2 * Levels) - 1];
    private readonly int[] _minus = new int[Levels];
    private double[] _countLog = [0, 0];
    private double[] _logSteps = [0];
    private long _squares;
    private double _countLogs;

    /// <summary>The directions as one step (rows, columns): 0, 45, 90 and 135 degrees downwards.</summary>
    public static IReadOnlyList<(int Y, int X)> Directions => Steps;

    /// <summary>Computes the features.</summary>
    /// <param name="levels">Grey levels, H x W, row by row.</param>
    /// <param name="height">H, the height in pixels.</param>
    /// <param name="width">W, the width in pixels.</param>
    /// <param name="distance">The distance between neighbours in pixels, at least 1 and less than H and W.</param>
    /// <param name="direction">0 .. 3, an index of <see cref="Directions"/>.</param>
    /// <param name="features">Receives 13 values.</param>
    public void Compute(ReadOnlySpan<byte> levels, int height, int width, int distance, int direction, Span<double> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(levels.Length, height * width);
        ArgumentOutOfRangeException.ThrowIfLessThan(distance, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(distance, Math.Min(height, width));
        var (dy, dx) = (Steps[direction].Y * distance, Steps[direction].X * distance);
        var pairs = (height - dy) * (width - Math.Abs(dx));
        EnsureLogs(2 * pairs);
        _squares = 0;
        _countLogs = 0;
        for (var y = 0; y < height - dy; y++)
        {
            var row = levels.Slice((y * width) + Math.Max(0, -dx), width - Math.Abs(dx));
            Count(row, levels.Slice(((y + dy) * width) + Math.Max(0, dx), row.Length));
        }

        CorrectDiagonal();
        for (var y = 0; y < height - dy; y++)
        {
            var row = levels.Slice((y * width) + Math.Max(0, -dx), width - Math.Abs(dx));
            ClearCells(row, levels.Slice(((y + dy) * width) + Math.Max(0, dx), row.Length));
        }

        byte used = 0;
        foreach (var level in levels)
        {
            used = Math.Max(used, level);
        }

        Summarise(used + 1, 2 * pairs, features);
    }

    /// <summary>
    /// Counts pairs. (a, b) and (b, a) share a cell, since the matrix is symmetric: a cell of c pairs is two entries of c.
    /// </summary>
    private void Count(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        // Levels are bytes and counts do not exceed the pairs, so all of these stay within their arrays.
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref var marginal = ref MemoryMarshal.GetArrayDataReference(_marginal);
        ref var plus = ref MemoryMarshal.GetArrayDataReference(_plus);
        ref var minus = ref MemoryMarshal.GetArrayDataReference(_minus);
        ref var logSteps = ref MemoryMarshal.GetArrayDataReference(_logSteps);
        var (squares, logs) = (0L, 0.0);
        for (var i = 0; i < from.Length; i++)
        {
            int a = from[i],
                b = to[i];
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            ref var cell = ref Unsafe.Add(ref cells, (low << 8) | high);
            var count = cell;
            cell = count + 1;
            squares += (2 * count) + 1;
            logs += Unsafe.Add(ref logSteps, count);
            Unsafe.Add(ref marginal, a)++;
            Unsafe.Add(ref marginal, b)++;
            Unsafe.Add(ref plus, a + b) += 2;
            Unsafe.Add(ref minus, high - low) += 2;
        }

        _squares += 2 * squares;
        _countLogs += 2 * logs;
    }

    /// <summary>Corrects the sums for the diagonal, where a cell of c pairs is one entry of 2c.</summary>
    private void CorrectDiagonal()
    {
        for (var level = 0; level < Levels; level++)
        {
            var count = _cells[(level << 8) | level];
            _squares += 2L * count * count;
            _countLogs += _countLog[2 * count] - (2 * _countLog[count]);
        }
    }

    /// <summary>Clears the used cells, which are few.</summary>
    private void ClearCells(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            _cells[(Math.Min(from[i], to[i]) << 8) | Math.Max(from[i], to[i])] = 0;
        }
    }

    private void Summarise(int levels, double total, Span<double> features)
    {
        var sums = new CooccurrenceSums(total);
        for (var k = 0; k < levels; k++)
        {
            sums.AddLevel(k, _marginal[k], _countLog[_marginal[k]]);
            sums.AddDifference(k, _minus[k], _countLog[_minus[k]]);
        }

        for (var k = 0; k < (2 * levels) - 1; k++)
        {
            sums.AddSum(k, _plus[k], _countLog[_plus[k]]);
        }

        sums.Write(_squares, _countLogs, levels, features);
        Array.Clear(_marginal, 0, levels);
        Array.Clear(_minus, 0, levels);
        Array.Clear(_plus, 0, (2 * levels) - 1);
    }

    private void EnsureLogs(int count)
    {
        var known = _countLog.Length;
        if (count < known)
        {
            return;
        }

        Array.Resize(ref _countLog, count + 1);
        for (var c = known; c <= count; c++)
        {
            _countLog[c] = c * Math.Log2(c);
        }

        _logSteps = [.. _countLog.Skip(1).Zip(_countLog, (next, log) => next - log)];
    }
}
