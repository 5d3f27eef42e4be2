using System.Globalization;
using Coos.Server.Models.Dials;
using Coos.Web.Components;

namespace Coos.Web.Dials;

/// <summary>The layout of the chart of one dial, in units of its view box. All dials of an entry have the same scale of errors.</summary>
/// <param name="Largest">The largest error or limit of all dials, 0..1.</param>
internal sealed record DialLayout(double Largest)
{
    /// <summary>The width of the view box.</summary>
    public const double Width = 300;

    /// <summary>The height of the view box.</summary>
    public const double Height = 178;

    /// <summary>The left edge of the plot.</summary>
    public const double Left = 30;

    /// <summary>The right edge of the plot.</summary>
    public const double Right = Width - 30;

    /// <summary>The vertical position of no error.</summary>
    public const double Floor = Height - 26;

    private const double Top = 10;

    /// <summary>The errors that have a grid line.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Scale / Step) + 1).Select(i => i * Step);

    private double Step => ChartTicks.StepOf(Largest, 4, 0.01);

    private double Scale => Step * Math.Max(1, Math.Ceiling((Largest / Step) - 1e-9));

    /// <summary>Computes the layout for an entry.</summary>
    public static DialLayout Compute(DialDocument document) =>
        new(
            document
                .Dials.SelectMany(d => d.Levels.Select(l => l.Interval[1]))
                .Concat(document.Comparison?.Levels.Select(l => l.BalancedError) ?? [])
                .Max()
        );

    /// <summary>The horizontal position of a level, or of a place between two.</summary>
    public static double X(double level) => Left + ((Right - Left) * level / (Coos.Models.Dials.ShiftDials.LevelCount - 1));

    /// <summary>The vertical position of an error.</summary>
    public double Y(double error) => Floor - ((Floor - Top) * Math.Min(1, error / Scale));

    /// <summary>The path of the intervals of a curve, as an area.</summary>
    public string Band(DialCurve curve) =>
        "M"
        + string.Join(
            'L',
            curve
                .Levels.Select(l => Point(l.Level, l.Interval[1]))
                .Concat(curve.Levels.Select(l => Point(l.Level, l.Interval[0])).Reverse())
        )
        + "z";

    /// <summary>The points of a line.</summary>
    public string Line(IEnumerable<(int Level, double Error)> points) => string.Join(' ', points.Select(p => Point(p.Level, p.Error)));

    /// <summary>The label of a level below the axis: a number, or what it is called.</summary>
    public static string TickOf(DialLevelScore level) =>
        level is { Level: > 0, Strength: { } strength } ? strength.ToString("0.##", CultureInfo.InvariantCulture) : level.Text;

    private string Point(int level, double error) => $"{SvgNumber.Format(X(level))},{SvgNumber.Format(Y(error))}";
}
