namespace Coos.Web.Leaderboards;

/// <summary>The layout of the chart of errors across the shift, in units of its view box.</summary>
/// <param name="Columns">The number of test splits.</param>
/// <param name="Largest">The largest error, 0..1.</param>
internal sealed record ShiftLayout(int Columns, double Largest)
{
    public const int Width = 620;
    public const int Height = 300;
    public const int Left = 48;
    public const int Right = 156;

    /// <summary>The right edge of the error label at the end of a line; there is room for "100.0".</summary>
    public const int ValueEnd = Width - Right + 42;

    /// <summary>The left edge of the name label.</summary>
    public const int NameStart = ValueEnd + 8;

    /// <summary>The maximum width of a name, in characters of average width.</summary>
    public const int LabelLength = 12;

    /// <summary>Room for the label of the highest tick, which is larger on phones.</summary>
    private const int Top = 18;
    private const int Bottom = 44;

    /// <summary>The view box and its margins.</summary>
    public ShiftFrame Frame { get; init; } = new(Width, Height, Left, Right, Top, Bottom, Inset: 34, LabelHeight: 20);

    /// <summary>The errors that have a grid line.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Scale / Step) + 1).Select(i => i * Step);

    private double Floor => Frame.Height - Frame.Bottom;

    private double Step =>
        Largest switch
        {
            <= 0.05 => 0.01,
            <= 0.12 => 0.02,
            <= 0.3 => 0.05,
            <= 0.6 => 0.1,
            _ => 0.2,
        };

    private double Scale => Step * Math.Max(1, Math.Ceiling((Largest / Step) - 1e-9));

    /// <summary>Computes the layout. The scale covers the largest error and the intervals of the highlighted lines.</summary>
    public static ShiftLayout Compute(IReadOnlyList<ShiftLine> lines, int columns) =>
        new(columns, lines.Count == 0 ? 1 : lines.Max(l => Math.Max(l.Errors.Max(), l.IsBest ? l.Intervals.Max(i => i?.Upper ?? 0) : 0)));

    /// <summary>The horizontal position of a split.</summary>
    public double X(int column)
    {
        double width = Frame.Width - Frame.Left - Frame.Right - (2 * Frame.Inset);
        return Frame.Left + Frame.Inset + (Columns > 1 ? width * column / (Columns - 1) : width / 2);
    }

    /// <summary>The vertical position of an error.</summary>
    public double Y(double error) => Floor - ((Floor - Frame.Top) * error / Scale);

    /// <summary>Places labels at the ends of the lines and moves them apart so that they do not overlap.</summary>
    public IReadOnlyList<(ShiftLine Line, double Y)> Spread(IEnumerable<ShiftLine> lines)
    {
        var placed = new List<(ShiftLine Line, double Y)>();
        foreach (var line in lines.OrderByDescending(l => l.Errors[^1]))
        {
            var y = Y(line.Errors[^1]);
            placed.Add((line, placed.Count > 0 ? Math.Max(y, placed[^1].Y + Frame.LabelHeight) : y));
        }

        // Labels that were pushed below the axis move up, together with the labels in their way.
        var lowest = Floor;
        for (var i = placed.Count - 1; i >= 0; i--)
        {
            placed[i] = (placed[i].Line, Math.Min(placed[i].Y, lowest));
            lowest = placed[i].Y - Frame.LabelHeight;
        }

        return placed;
    }
}

/// <summary>The view box of a chart of errors across the shift, and its margins.</summary>
/// <param name="Width">The width of the view box.</param>
/// <param name="Height">The height of the view box.</param>
/// <param name="Left">The margin for the tick labels.</param>
/// <param name="Right">The margin for the line labels.</param>
/// <param name="Top">The margin above the highest tick.</param>
/// <param name="Bottom">The margin for the titles of the splits.</param>
/// <param name="Inset">The distance of the first and last split from the ends of the grid lines.</param>
/// <param name="LabelHeight">The height of a line label.</param>
internal sealed record ShiftFrame(int Width, int Height, int Left, int Right, int Top, int Bottom, int Inset, int LabelHeight);
