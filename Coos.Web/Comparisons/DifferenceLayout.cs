using Coos.Server.Comparisons;

namespace Coos.Web.Comparisons;

/// <summary>The layout of the chart of differences, in units of its view box.</summary>
/// <param name="Rows">The splits that have a difference.</param>
/// <param name="Largest">The largest absolute value of a difference or interval limit, 0..1.</param>
internal sealed record DifferenceLayout(IReadOnlyList<SplitComparison> Rows, double Largest)
{
    public const int Width = 420;
    public const int Top = 30;
    private const int Left = 64;
    private const int Right = 24;
    private const int RowHeight = 34;

    private static readonly double[] Steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

    /// <summary>The lower edge of the rows.</summary>
    public double Bottom => Top + (RowHeight * Rows.Count);

    /// <summary>The height of the chart.</summary>
    public double Height => Bottom + 26;

    /// <summary>The differences with a grid line, symmetric about 0.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(-Count, (2 * Count) + 1).Select(i => i * Step);

    /// <summary>The grid lines that have a label: every second one if there are many.</summary>
    public IEnumerable<double> LabelledTicks =>
        Count <= 2 ? Ticks : Enumerable.Range(-(Count / 2), (2 * (Count / 2)) + 1).Select(i => 2 * i * Step);

    private double Step => Steps.FirstOrDefault(s => Largest <= 4 * s, 0.25);

    private int Count => (int)Math.Max(1, Math.Ceiling((Largest / Step) - 1e-9));

    /// <summary>Computes the layout for some splits.</summary>
    public static DifferenceLayout Compute(IReadOnlyList<SplitComparison> splits)
    {
        SplitComparison[] rows = [.. splits.Where(s => s.Difference is not null)];
        return new DifferenceLayout(rows, rows.SelectMany(Limits).Select(Math.Abs).DefaultIfEmpty(0).Max());
    }

    /// <summary>The horizontal position of a difference.</summary>
    public double X(double difference) => Left + ((Width - Left - Right) * (0.5 + (difference / (2 * Step * Count))));

    /// <summary>The vertical middle of a row.</summary>
    public static double Y(int row) => Top + (RowHeight * (row + 0.5));

    private static IEnumerable<double> Limits(SplitComparison split) =>
        [split.Difference!.Value, .. split.Paired?.DifferenceInterval ?? []];
}
