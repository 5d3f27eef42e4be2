using System.Globalization;

namespace Coos.Measurements;

/// <summary>The durations of a measurement's runs.</summary>
internal sealed class Timings
{
    private readonly double[] _sorted;

    /// <summary>Creates the statistics of run durations in milliseconds.</summary>
    public Timings(IEnumerable<double> milliseconds) => _sorted = [.. milliseconds.Order()];

    /// <summary>The median; for an even number of runs, the mean of the middle two.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>Formats the durations in one line. A wide spread means that the machine was busy with other work.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_sorted.Length} runs: fastest {_sorted[0]:0.00} ms, median {Median:0.00} ms, "
                + $"9 of 10 within {_sorted[(_sorted.Length - 1) * 9 / 10]:0.00} ms"
        );
}
