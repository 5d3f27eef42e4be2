namespace Coos.Web.Components;

/// <summary>The path of an interval in a chart: a line with a cap at each end.</summary>
internal static class Whisker
{
    /// <summary>Half the length of a cap, in units of the view box. Longer than a marker, so that markers do not hide it.</summary>
    public const double Cap = 6;

    /// <summary>An upright interval.</summary>
    public static string Upright(double x, double from, double to, double cap = Cap) =>
        $"M{N(x)} {N(from)}V{N(to)}M{N(x - cap)} {N(from)}h{N(2 * cap)}M{N(x - cap)} {N(to)}h{N(2 * cap)}";

    /// <summary>A level interval. If its end is beyond the chart, an arrow stands there in place of the cap.</summary>
    public static string Level(double from, double to, double y, bool hasEnd = true) =>
        $"M{N(from)} {N(y)}H{N(to)}M{N(from)} {N(y - Cap)}v{N(2 * Cap)}"
        + (hasEnd ? $"M{N(to)} {N(y - Cap)}v{N(2 * Cap)}" : $"M{N(to - 5)} {N(y - 4)}l5 4l-5 4");

    private static string N(double value) => SvgNumber.Format(value);
}
