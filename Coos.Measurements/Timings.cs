using System.Globalization;

namespace Coos.Measurements;

/// <summary>What some runs took.</summary>
internal sealed class Timings
{
    private readonly double[] _sorted;

    /// <summary>The times of the runs, in milliseconds.</summary>
    public Timings(IEnumerable<double> milliseconds) => _sorted = [.. milliseconds.Order()];

    /// <summary>The middle one, the mean of two where their number is even.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>In a line: a wide spread says that the machine was busy with something else.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_sorted.Length} runs: fastest {_sorted[0]:0.00} ms, median {Median:0.00} ms, "
                + $"9 of 10 within {_sorted[(_sorted.Length - 1) * 9 / 10]:0.00} ms"
        );
}
