using System.Globalization;

namespace Coos.Shared.Scores;

/// <summary>Fractions as pages show them.</summary>
public static class Percent
{
    /// <summary>Percent with one decimal: 0.0474 is 4.7.</summary>
    public static string Of(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Percent with two decimals, where means differ in the second.</summary>
    public static string Fine(double fraction) => (100 * fraction).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A difference in points, with its sign.</summary>
    public static string Signed(double fraction) => (100 * fraction).ToString("+0.0;\u22120.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>A difference in points with two decimals and its sign.</summary>
    public static string SignedFine(double fraction) => (100 * fraction).ToString("+0.00;\u22120.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>An interval: 0.9 to 1.6.</summary>
    public static string Range(double lower, double upper) => $"{Of(lower)}\u2013{Of(upper)}";
}
