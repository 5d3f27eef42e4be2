using System.Globalization;

namespace Coos.Web.Components;

/// <summary>Formats p values for pages.</summary>
internal static class PValue
{
    private const double Smallest = 0.001;

    /// <summary>Three decimals, or "&lt; 0.001".</summary>
    public static string Of(double p) => p < Smallest ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
