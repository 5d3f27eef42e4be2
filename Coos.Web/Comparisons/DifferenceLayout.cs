using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Comparisons;

/// <summary>The layout of the chart of differences, in units of its view box.</summary>
/// <param name="Rows">The splits that have a difference, and the mean that ranks.</param>
/// <param name="Largest">The largest absolute value of a difference or interval limit, 0..1.</param>
internal sealed record DifferenceLayout(IReadOnlyList<DifferenceRow> Rows, double Largest)
{
    public const int Width = 420;
    public const int Top = 30;
    private const int Right = 24;
    private const int RowHeight = 34;

    /// <summary>The size of titles on phones, where they are largest.</summary>
    private const double TitleSize = 14;
    private const double MaximumTitle = 150;

    /// <summary>The lower edge of the rows.</summary>
    public double Bottom => Top + (RowHeight * Rows.Count);

    /// <summary>The height of the chart.</summary>
    public double Height => Bottom + 26;

    /// <summary>The differences with a grid line, symmetric about 0.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(-Count, (2 * Count) + 1).Select(i => i * Step);

    /// <summary>The grid lines that have a label: every second one if there are many.</summary>
    public IEnumerable<double> LabelledTicks =>
        Count <= 2 ? Ticks : Enumerable.Range(-(Count / 2), (2 * (Count / 2)) + 1).Select(i => 2 * i * Step);

    /// <summary>The left end of the axis, to the right of the longest title.</summary>
    private double Left =>
        16 + Rows.Select(r => ChartLabel.WidthOf(r.Title, TitleSize)).Append(48).Select(w => Math.Min(w, MaximumTitle)).Max();

    private double Step => ChartTicks.StepOf(Largest, 4, 0.0005);

    private int Count => (int)Math.Max(1, Math.Ceiling((Largest / Step) - 1e-9));

    /// <summary>The layout without rows.</summary>
    public static DifferenceLayout Empty { get; } = new([], 0);

    /// <summary>Computes the layout of a comparison: its splits, and the mean if more than one split ranks.</summary>
    public static DifferenceLayout Compute(ComparisonDocument comparison, Benchmark benchmark)
    {
        var rows = comparison
            .Splits.Where(s => s.Difference is not null)
            .Select(s => new DifferenceRow(
                benchmark.TitleOf(s.Split),
                s.Difference!.Value,
                s.Paired?.DifferenceInterval,
                s.Paired?.Better is not null
            ))
            .ToList();
        if (comparison.Ranking is { } mean && benchmark.Ranking.Splits.Count > 1)
        {
            rows.Add(new DifferenceRow("Mean", mean.Difference, mean.DifferenceInterval, mean.Better is not null));
        }

        return new DifferenceLayout(rows, rows.SelectMany(Limits).Select(Math.Abs).DefaultIfEmpty(0).Max());
    }

    /// <summary>The horizontal position of a difference.</summary>
    public double X(double difference) => Left + ((Width - Left - Right) * (0.5 + (difference / (2 * Step * Count))));

    /// <summary>The title of a row as it is written.</summary>
    public static string TitleOf(DifferenceRow row) => ChartLabel.Fit(row.Title, MaximumTitle, TitleSize);

    /// <summary>The vertical middle of a row.</summary>
    public static double Y(int row) => Top + (RowHeight * (row + 0.5));

    private static IEnumerable<double> Limits(DifferenceRow row) => [row.Value, .. row.Interval ?? []];
}

/// <summary>A row of the chart of differences.</summary>
/// <param name="Title">The title of the split, or Mean.</param>
/// <param name="Value">The difference, A minus B, -1..1.</param>
/// <param name="Interval">The limits of its 95% interval; null if it was not tested.</param>
/// <param name="IsSignificant">Whether one of the two is better.</param>
internal sealed record DifferenceRow(string Title, double Value, double[]? Interval, bool IsSignificant);
