using System.Globalization;

namespace Coos.Web.Components;

/// <summary>Coordinates in SVG pictures.</summary>
internal static class SvgNumber
{
    /// <summary>Formats a coordinate with one decimal at most; never -0.</summary>
    /// <param name="value">In units of the view box.</param>
    public static string Format(double value) => value.ToString("0.#;-0.#;0", CultureInfo.InvariantCulture);
}
