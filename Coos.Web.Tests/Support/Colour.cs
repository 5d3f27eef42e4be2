using System.Globalization;

namespace Coos.Web.Tests.Support;

/// <summary>A colour in linear RGB, with conversions for contrast and colour vision.</summary>
/// <param name="Red">Linear, 0..1.</param>
/// <param name="Green">Linear, 0..1.</param>
/// <param name="Blue">Linear, 0..1.</param>
internal readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>OKLab coordinates (Ottosson 2020): lightness 0..1 and two hue axes. Equal distances look equal.</summary>
    public (double L, double A, double B) Oklab
    {
        get
        {
            var l = Math.Cbrt((0.4122214708 * Red) + (0.5363325363 * Green) + (0.0514459929 * Blue));
            var m = Math.Cbrt((0.2119034982 * Red) + (0.6806995451 * Green) + (0.1073969566 * Blue));
            var s = Math.Cbrt((0.0883024619 * Red) + (0.2817188376 * Green) + (0.6299787005 * Blue));
            return (
                (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
                (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
                (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s)
            );
        }
    }

    /// <summary>Relative luminance of WCAG 2.</summary>
    public double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

    /// <summary>Parses <c>#rrggbb</c>.</summary>
    public static Colour Parse(string hex) => new(Linear(Part(hex, 1)), Linear(Part(hex, 3)), Linear(Part(hex, 5)));

    /// <summary>Mixes a share of one colour with the rest of another in OKLab, as color-mix of CSS does.</summary>
    public static Colour Mix(Colour from, Colour to, double part)
    {
        var ((l0, a0, b0), (l1, a1, b1)) = (from.Oklab, to.Oklab);
        return FromOklab(l0 + (part * (l1 - l0)), a0 + (part * (a1 - a0)), b0 + (part * (b1 - b0)));
    }

    /// <summary>Blends the colour over another with an opacity, in sRGB as browsers do.</summary>
    public Colour Over(Colour below, double opacity) =>
        new(Blend(Red, below.Red, opacity), Blend(Green, below.Green, opacity), Blend(Blue, below.Blue, opacity));

    /// <summary>Contrast ratio of WCAG 2, 1..21.</summary>
    public double ContrastWith(Colour other) =>
        (Math.Max(Luminance, other.Luminance) + 0.05) / (Math.Min(Luminance, other.Luminance) + 0.05);

    /// <summary>The perceived difference of two colours; 0.02 is just noticeable.</summary>
    public double DistanceTo(Colour other)
    {
        var ((l0, a0, b0), (l1, a1, b1)) = (Oklab, other.Oklab);
        return Math.Sqrt(Math.Pow(l1 - l0, 2) + Math.Pow(a1 - a0, 2) + Math.Pow(b1 - b0, 2));
    }

    /// <summary>
    /// The colour as seen with a colour-vision deficiency, by the matrices of Machado, Oliveira and Fernandes (2009) at full
    /// severity.
    /// </summary>
    public Colour Simulate(string vision) =>
        vision switch
        {
            "protanopia" => Apply(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
            "deuteranopia" => Apply(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
            "tritanopia" => Apply(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900),
            _ => this,
        };

    private static Colour FromOklab(double lightness, double a, double b)
    {
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return new(
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)
        );
    }

    private Colour Apply(double rr, double rg, double rb, double gr, double gg, double gb, double br, double bg, double bb) =>
        new(
            Math.Max(0, (rr * Red) + (rg * Green) + (rb * Blue)),
            Math.Max(0, (gr * Red) + (gg * Green) + (gb * Blue)),
            Math.Max(0, (br * Red) + (bg * Green) + (bb * Blue))
        );

    private static double Blend(double above, double below, double opacity) =>
        Linear((opacity * Encoded(above)) + ((1 - opacity) * Encoded(below)));

    private static double Part(string hex, int at) =>
        int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;

    private static double Linear(double encoded) => encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);

    private static double Encoded(double linear) => linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
}
