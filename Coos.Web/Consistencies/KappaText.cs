using System.Globalization;

namespace Coos.Web.Consistencies;

/// <summary>Formats kappas and accuracies of the page about same mistakes.</summary>
internal static class KappaText
{
    /// <summary>Formats a kappa with two decimals; a real minus sign; a dash if it is not defined.</summary>
    public static string Of(double? kappa) =>
        kappa is { } known ? Math.Round(known, 2).ToString("0.00;\u22120.00;0.00", CultureInfo.InvariantCulture) : "\u2013";

    /// <summary>Formats a kappa for a cell of the map, without the zero before the point.</summary>
    public static string Cell(double? kappa) => Of(kappa).Replace("0.", ".", StringComparison.Ordinal);

    /// <summary>Formats an interval of a kappa.</summary>
    public static string Range(double lower, double upper) => $"{Of(lower)} to {Of(upper)}";
}
