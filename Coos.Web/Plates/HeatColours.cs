using System.Globalization;
using Coos.Web.Components;

namespace Coos.Web.Plates;

/// <summary>
/// The light colours of the ramp of errors, for files that are shown without the site's style sheets. They are those of
/// wwwroot/css/theme.css, mixed in OKLab (Ottosson 2020) as browsers do.
/// </summary>
internal static class HeatColours
{
    /// <summary>The colour of no error.</summary>
    public const string Low = "#fff8ee";

    /// <summary>The colour of the largest error.</summary>
    public const string High = "#e2883a";

    /// <summary>The colours of text on the ramp, of other text, of lines, and of the background.</summary>
    public const string Text = "#1d2530";
    public const string Muted = "#566170";
    public const string Line = "#c9ccc6";
    public const string Background = "#ffffff";

    /// <summary>The colour of each step, 0 to <see cref="Heat.Steps"/>, as <c>#rrggbb</c>.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [.. Enumerable.Range(0, Heat.Steps + 1).Select(step => Mix(Low, High, (double)step / Heat.Steps))];

    private static string Mix(string low, string high, double part)
    {
        var (from, to) = (ToOklab(low), ToOklab(high));
        var mixed = from.Zip(to, (a, b) => a + (part * (b - a))).ToArray();
        var l = Math.Pow(mixed[0] + (0.3963377774 * mixed[1]) + (0.2158037573 * mixed[2]), 3);
        var m = Math.Pow(mixed[0] - (0.1055613458 * mixed[1]) - (0.0638541728 * mixed[2]), 3);
        var s = Math.Pow(mixed[0] - (0.0894841775 * mixed[1]) - (1.2914855480 * mixed[2]), 3);
        return "#"
            + Encode((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s))
            + Encode((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s))
            + Encode((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double[] ToOklab(string hex)
    {
        var (red, green, blue) = (Decode(hex, 1), Decode(hex, 3), Decode(hex, 5));
        var l = Math.Cbrt((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        var m = Math.Cbrt((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        var s = Math.Cbrt((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        return
        [
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s),
        ];
    }

    private static double Decode(string hex, int at)
    {
        var encoded = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);
    }

    private static string Encode(double linear)
    {
        var encoded = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return ((int)Math.Round(255 * Math.Clamp(encoded, 0, 1))).ToString("x2", CultureInfo.InvariantCulture);
    }
}
