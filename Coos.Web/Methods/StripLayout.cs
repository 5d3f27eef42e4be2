using Coos.Web.Components;

namespace Coos.Web.Methods;

/// <summary>The layout of the pictures of methods: errors on one scale for the whole board, in units of the view box.</summary>
/// <param name="Lowest">The error at the left end, 0..1.</param>
/// <param name="Highest">The error at the right end, above the lowest, 0..1.</param>
/// <param name="Width">The width of the picture.</param>
/// <param name="Margin">The space on each side, for circles and labels.</param>
public sealed record StripLayout(double Lowest, double Highest, double Width, double Margin)
{
    /// <summary>Creates the layout of a range of errors, with whole steps at both ends.</summary>
    /// <param name="range">The lowest and highest error to show.</param>
    /// <param name="width">The width of the picture.</param>
    /// <param name="margin">The space on each side, for circles and labels.</param>
    public static StripLayout Create((double Lowest, double Highest) range, double width, double margin)
    {
        var step = StepOf(range.Highest - range.Lowest);
        var lowest = Math.Floor(range.Lowest / step) * step;
        return new StripLayout(lowest, Math.Max(Math.Ceiling(range.Highest / step) * step, lowest + step), width, margin);
    }

    /// <summary>The errors with a label: the ends and whole steps between them.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var step = StepOf(Highest - Lowest);
            return Enumerable.Range(0, (int)Math.Round((Highest - Lowest) / step) + 1).Select(i => Lowest + (i * step));
        }
    }

    /// <summary>The horizontal position of an error.</summary>
    public double X(double error) => Margin + ((Width - (2 * Margin)) * (error - Lowest) / (Highest - Lowest));

    private static double StepOf(double range) => ChartTicks.StepOf(range, 5, 0.001);
}
