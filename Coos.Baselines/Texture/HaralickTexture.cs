namespace Coos.Baselines.Texture;

/// <summary>The 13 texture features of Haralick of one image, distance and direction.</summary>
/// <remarks>
/// Haralick, Shanmugam and Dinstein, IEEE Transactions on Systems, Man and Cybernetics 3(6), 1973, in mahotas 1.4's reading
/// (symmetric matrix; feature 10 the variance of the vector p_minus). Only cells of the matrix that occur are visited, and
/// all sums are of whole counts, with a table for c log2 c. An instance holds work space: one a thread.
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
    private long _squares;
    private double _countLogs;

    /// <summary>The directions, as one step (rows, columns): 0, 45, 90 and 135 degrees downwards.</summary>
    public static IReadOnlyList<(int Y, int X)> Directions => Steps;

    /// <summary>Computes the features.</summary>
    /// <param name="levels">Grey levels, H x W, row by row.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="distance">How far neighbours are apart; less than H and W.</param>
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
        for (var y = 0; y < height - dy; y++)
        {
            var row = levels.Slice((y * width) + Math.Max(0, -dx), width - Math.Abs(dx));
            Count(row, levels.Slice(((y + dy) * width) + Math.Max(0, dx), row.Length));
        }

        _squares = 0;
        _countLogs = 0;
        for (var y = 0; y < height - dy; y++)
        {
            var row = levels.Slice((y * width) + Math.Max(0, -dx), width - Math.Abs(dx));
            Collect(row, levels.Slice(((y + dy) * width) + Math.Max(0, dx), row.Length));
        }

        byte used = 0;
        foreach (var level in levels)
        {
            used = Math.Max(used, level);
        }

        Summarise(used + 1, 2 * pairs, features);
    }

    /// <summary>Counts pairs; (a, b) and (b, a) are one cell, for the matrix is symmetric.</summary>
    private void Count(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var cells = _cells;
        for (var i = 0; i < from.Length; i++)
        {
            int a = from[i], b = to[i];
            cells[(Math.Min(a, b) << 8) | Math.Max(a, b)]++;
        }
    }

    /// <summary>Visits each cell that occurs once, adds it to the sums and empties it.</summary>
    private void Collect(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            int a = from[i], b = to[i];
            ref var cell = ref _cells[(Math.Min(a, b) << 8) | Math.Max(a, b)];
            var count = cell;
            if (count == 0)
            {
                continue;
            }

            cell = 0;
            _marginal[a] += count;
            _marginal[b] += count;
            _plus[a + b] += 2 * count;
            _minus[Math.Abs(a - b)] += 2 * count;

            // On the diagonal one entry of 2c, else two entries of c.
            _squares += (a == b ? 4L : 2L) * count * count;
            _countLogs += a == b ? _countLog[2 * count] : 2 * _countLog[count];
        }
    }

    private void Summarise(int levels, double total, Span<double> features)
    {
        var sums = new Sums(total);
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
    }
}
