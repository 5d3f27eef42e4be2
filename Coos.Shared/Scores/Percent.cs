using System.Globalization;

namespace Coos.Shared.Scores;

/// <summary>Formats fractions as percentages.</summary>
public static class Percent
{
    /// <summary>Formats a fraction in percent with one decimal: 0.0474 is 4.7.</summary>
    public static string Of(double fraction) => (100 * fraction).ToString("0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>Formats a fraction in percent with two decimals, for means that differ in the second.</summary>
    public static string Fine(double fraction) => (100 * fraction).ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Formats a difference in percentage points with its sign.</summary>
    public static string Signed(double fraction) => (100 * fraction).ToString("+0.0;\u22120.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>Formats a difference in percentage points with two decimals and its sign.</summary>
    public static string SignedFine(double fraction) => (100 * fraction).ToString("+0.00;\u22120.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Formats an interval in percent, for example 0.9 to 1.6.</summary>
    public static string Range(double lower, double upper) => $"{Of(lower)}\u2013{Of(upper)}";
}
