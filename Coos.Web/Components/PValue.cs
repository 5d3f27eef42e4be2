using System.Globalization;

namespace Coos.Web.Components;

/// <summary>p values as pages show them.</summary>
internal static class PValue
{
    private const double Smallest = 0.001;

    /// <summary>Three decimals, "&lt; 0.001" below.</summary>
    public static string Of(double p) => p < Smallest ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
