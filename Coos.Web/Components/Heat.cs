namespace Coos.Web.Components;

/// <summary>
/// Maps numbers to the steps of the colour ramps in wwwroot/css/theme.css. The steps are CSS classes, because the content
/// security policy forbids style attributes.
/// </summary>
internal static class Heat
{
    /// <summary>The number of steps above 0.</summary>
    public const int Steps = 20;

    /// <summary>The smallest error that can get the darkest step, so a table of small errors does not look alarming.</summary>
    private const double MinimumFull = 0.1;

    /// <summary>The error that gets the darkest step in a table: its largest error, but at least 0.1.</summary>
    public static double Full(IEnumerable<double> errors) => FullOf(errors.DefaultIfEmpty(0).Max());

    /// <summary>The same when the largest error is already known.</summary>
    public static double FullOf(double largest) => Math.Max(MinimumFull, largest);

    /// <summary>The class of an error's cell. The square root spreads small errors, where most entries of a leaderboard lie.</summary>
    /// <param name="error">0..1.</param>
    /// <param name="full">The result of <see cref="FullOf"/>.</param>
    public static string Error(double error, double full) => $"heat h{ErrorStep(error, full)}";

    /// <summary>The step of an error on the ramp, 0 to <see cref="Steps"/>; see <see cref="Error"/>.</summary>
    /// <param name="error">0..1.</param>
    /// <param name="full">The result of <see cref="FullOf"/>.</param>
    public static int ErrorStep(double error, double full) => Step(Math.Sqrt(error / full));

    /// <summary>The class of a cell of a confusion matrix, by the share of its row.</summary>
    public static string Share(double share) => $"share c{Step(Math.Sqrt(share))}";

    /// <summary>The class of a cell of a table of differences: the hue of better or of worse, none for 0.</summary>
    /// <param name="difference">-1..1.</param>
    /// <param name="full">The result of <see cref="Full"/> for the absolute values.</param>
    /// <param name="isMoreBetter">Whether a positive difference is better, as for a sensitivity; for an error it is worse.</param>
    public static string Difference(double difference, double full, bool isMoreBetter) =>
        $"diff {(difference < 0 == isMoreBetter ? "worse" : "better")} h{Step(Math.Abs(difference) / full)}";

    private static int Step(double part) => (int)Math.Round(Steps * Math.Clamp(part, 0, 1));
}
