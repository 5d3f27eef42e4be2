using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Leaderboards;

/// <summary>The layout of the chart of errors across the shift, in units of its view box.</summary>
/// <param name="Columns">The number of test splits.</param>
/// <param name="Largest">The largest error or limit that is drawn, 0..1.</param>
/// <param name="Named">The number of lines with a name.</param>
/// <param name="Frame">The view box and its margins.</param>
internal sealed record ShiftLayout(int Columns, double Largest, int Named, ShiftFrame Frame)
{
    /// <summary>The size of the labels of lines.</summary>
    public const double LabelSize = 12.5;

    /// <summary>The space from the columns to the labels, for lines that lead to labels that were moved.</summary>
    private const double Leader = 14;

    /// <summary>The space of the error in a label; there is room for "100.0".</summary>
    private const double ValueWidth = 40;

    private const float PlotHeight = 262;

    /// <summary>The maximum width of a name, as a part of the whole. The tooltip has longer ones.</summary>
    private const double MaximumName = 0.32;

    /// <summary>Whether lines are moved sideways, so that their intervals do not cover each other.</summary>
    public bool IsDodged { get; init; }

    /// <summary>Whether it is for a narrow place, in which the labels are letters and a list below the chart has the names.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>The left edge of the labels.</summary>
    public double LabelStart => Frame.Width - Frame.Right + Leader;

    /// <summary>The left edge of the names in labels.</summary>
    public double NameStart => LabelStart + ValueWidth;

    /// <summary>The errors that have a grid line.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Scale / Step) + 1).Select(i => i * Step);

    /// <summary>The vertical position of no error.</summary>
    public double Floor => Frame.Height - Frame.Bottom;

    /// <summary>The width of a column.</summary>
    public double Column => (Frame.Width - Frame.Left - Frame.Right) / Columns;

    /// <summary>Half the width of a marker. Many lines with intervals on many splits have smaller ones.</summary>
    public double Marker => IsDodged ? Math.Clamp(0.55 * Dodge, 2.4, 4.2) : 4.4;

    private double Dodge => IsDodged ? Math.Min(11, 0.8 * Column / Math.Max(Named, 1)) : 0;

    private double Step => ChartTicks.StepOf(Largest, 6, 0.01);

    private double Scale => Step * Math.Max(1, Math.Ceiling((Largest / Step) - 1e-9));

    /// <summary>Computes the layout of a chart on a page.</summary>
    /// <param name="lines">What it draws.</param>
    /// <param name="splits">Its columns.</param>
    /// <param name="isNarrow">Whether it is for a narrow place.</param>
    public static (ShiftLayout Layout, SplitAxis Axis) Compute(ShiftLines lines, IReadOnlyList<Split> splits, bool isNarrow)
    {
        var name = lines.Named.Select(l => ChartLabel.WidthOf(l.Method, LabelSize)).DefaultIfEmpty(0).Max();
        var width =
            isNarrow ? 380f
            : lines.HasManySplits ? 960
            : 620;
        var right = Leader + (isNarrow ? 14 : ValueWidth + Math.Min(name, MaximumName * width));
        double left = 34;
        var axis = SplitAxis.Create(splits, left, width - right);
        if (axis.IsTurned)
        {
            left = Math.Max(left, SplitAxis.LeftOf(splits, width - right));
            axis = SplitAxis.Create(splits, left, width - right);
        }

        var frame = new ShiftFrame(width, PlotHeight + axis.Height, (float)left, (float)right, Top: 12, axis.Height, LabelHeight: 17);
        return (Compute(lines, splits.Count, frame) with { IsNarrow = isNarrow }, axis);
    }

    /// <summary>Computes the layout in a frame. The scale covers all that is drawn.</summary>
    public static ShiftLayout Compute(ShiftLines lines, int columns, ShiftFrame frame) =>
        new(
            columns,
            lines
                .Named.Concat(lines.Others)
                .SelectMany(l => l.Errors)
                .Concat(lines.Named.SelectMany(l => l.Intervals).Select(i => i?.Upper ?? 0))
                .Concat(lines.Band?.Most.Select(m => m.Upper) ?? [])
                .DefaultIfEmpty(1)
                .Max(),
            lines.Named.Count,
            frame
        )
        {
            IsDodged = lines.Named.Count > 1 && lines.Named.Any(l => l.Intervals.Any(i => i is not null)),
        };

    /// <summary>The horizontal position of a split.</summary>
    public double X(int column) => Frame.Left + (Column * (column + 0.5));

    /// <summary>The horizontal position of a named line on a split.</summary>
    public double X(int column, int line) => X(column) + (Dodge * (line - ((Named - 1) / 2.0)));

    /// <summary>The vertical position of an error.</summary>
    public double Y(double error) => Floor - ((Floor - Frame.Top) * error / Scale);

    /// <summary>Places labels at the ends of the lines and moves them apart so that they do not overlap.</summary>
    public IReadOnlyList<(ShiftLine Line, double Y)> Spread(IEnumerable<ShiftLine> lines)
    {
        List<ShiftLine> sorted = [.. lines.OrderByDescending(l => l.Errors[^1])];
        return [.. sorted.Zip(ChartLabel.Spread(sorted.Select(l => Y(l.Errors[^1])), Frame.LabelHeight, Floor))];
    }
}

/// <summary>The view box of a chart of errors across the shift, and its margins.</summary>
/// <param name="Width">The width of the view box.</param>
/// <param name="Height">The height of the view box.</param>
/// <param name="Left">The margin for the tick labels.</param>
/// <param name="Right">The margin for the line labels.</param>
/// <param name="Top">The margin above the highest tick.</param>
/// <param name="Bottom">The margin for the titles of the splits.</param>
/// <param name="LabelHeight">The height of a line label.</param>
internal sealed record ShiftFrame(float Width, float Height, float Left, float Right, float Top, float Bottom, float LabelHeight);
