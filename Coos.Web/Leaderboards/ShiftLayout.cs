namespace Coos.Web.Leaderboards;

/// <summary>Where things stand in the chart of errors across the shift, in units of its view box.</summary>
/// <param name="Columns">The number of test splits.</param>
/// <param name="Largest">The largest error, 0..1.</param>
internal sealed record ShiftLayout(int Columns, double Largest)
{
    public const int Width = 620;
    public const int Height = 300;
    public const int Left = 48;
    public const int Right = 156;

    /// <summary>Where the error of a line ends that stands right of it; "100.0" has room before it.</summary>
    public const int ValueEnd = Width - Right + 42;

    /// <summary>Where its name begins.</summary>
    public const int NameStart = ValueEnd + 8;

    /// <summary>The most letters of usual width in a name.</summary>
    public const int LabelLength = 12;

    /// <summary>Room for the letters of the highest tick, which phones show larger.</summary>
    private const int Top = 18;
    private const int Bottom = 44;

    /// <summary>Where the chart lies in its view box.</summary>
    public ShiftFrame Frame { get; init; } = new(Width, Height, Left, Right, Top, Bottom, Inset: 34, LabelHeight: 20);

    /// <summary>The errors at which a line is drawn.</summary>
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

    /// <summary>The layout of lines: its scale reaches the largest error and the intervals of those in full colour.</summary>
    public static ShiftLayout Of(IReadOnlyList<ShiftLine> lines, int columns) =>
        new(columns, lines.Count == 0 ? 1 : lines.Max(l => Math.Max(l.Errors.Max(), l.IsBest ? l.Intervals.Max(i => i?.Upper ?? 0) : 0)));

    /// <summary>The horizontal place of a split.</summary>
    public double X(int column)
    {
        double width = Frame.Width - Frame.Left - Frame.Right - (2 * Frame.Inset);
        return Frame.Left + Frame.Inset + (Columns > 1 ? width * column / (Columns - 1) : width / 2);
    }

    /// <summary>The vertical place of an error.</summary>
    public double Y(double error) => Floor - ((Floor - Frame.Top) * error / Scale);

    /// <summary>Places labels beside the ends of lines, moved apart so that none covers another.</summary>
    public IReadOnlyList<(ShiftLine Line, double Y)> Spread(IEnumerable<ShiftLine> lines)
    {
        var placed = new List<(ShiftLine Line, double Y)>();
        foreach (var line in lines.OrderByDescending(l => l.Errors[^1]))
        {
            var y = Y(line.Errors[^1]);
            placed.Add((line, placed.Count > 0 ? Math.Max(y, placed[^1].Y + Frame.LabelHeight) : y));
        }

        // What was pushed below the axis moves up, and with it only what is in its way.
        var lowest = Floor;
        for (var i = placed.Count - 1; i >= 0; i--)
        {
            placed[i] = (placed[i].Line, Math.Min(placed[i].Y, lowest));
            lowest = placed[i].Y - Frame.LabelHeight;
        }

        return placed;
    }
}

/// <summary>The view box of a chart of errors across the shift, and what its letters leave of it for the lines.</summary>
/// <param name="Width">Of the view box.</param>
/// <param name="Height">Of the view box.</param>
/// <param name="Left">Room for the ticks' numbers.</param>
/// <param name="Right">Room for the lines' labels.</param>
/// <param name="Top">Room for the letters of the highest tick.</param>
/// <param name="Bottom">Room for the splits' titles.</param>
/// <param name="Inset">How far the first and last split stand from the ends of the ticks.</param>
/// <param name="LabelHeight">What a label takes.</param>
internal sealed record ShiftFrame(int Width, int Height, int Left, int Right, int Top, int Bottom, int Inset, int LabelHeight);
