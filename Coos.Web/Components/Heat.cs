namespace Coos.Web.Components;

/// <summary>
/// Maps numbers to the steps of the colour ramps in wwwroot/css/theme.css. Classes and not style attributes, so that a
/// strict content security policy holds.
/// </summary>
internal static class Heat
{
    /// <summary>The number of steps above 0.</summary>
    public const int Steps = 20;

    /// <summary>The error from which on a cell is as dark as it gets.</summary>
    private const double FullError = 0.5;

    /// <summary>The class of an error's cell. The square root spreads small errors, among which leaderboards differ.</summary>
    public static string Error(double error) => $"heat h{Step(Math.Sqrt(error / FullError))}";

    /// <summary>The class of a sensitivity's cell: its lack is the error.</summary>
    public static string Sensitivity(double sensitivity) => Error(1 - sensitivity);

    /// <summary>The class of a cell of a confusion matrix, by the share of its row.</summary>
    public static string Share(double share) => $"share c{Step(Math.Sqrt(share))}";

    private static int Step(double part) => (int)Math.Round(Steps * Math.Clamp(part, 0, 1));
}
