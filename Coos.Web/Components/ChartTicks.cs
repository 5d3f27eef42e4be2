namespace Coos.Web.Components;

/// <summary>The distance of the grid lines of charts of errors: 1, 2 or 5 times a power of ten.</summary>
internal static class ChartTicks
{
    private static readonly double[] Steps = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>The smallest distance with which a range has few enough grid lines.</summary>
    /// <param name="range">The length of the axis, 0..1.</param>
    /// <param name="count">The maximum number of steps.</param>
    /// <param name="least">The smallest distance that is useful.</param>
    public static double StepOf(double range, int count, double least) =>
        Steps.FirstOrDefault(s => s >= least && range <= (count * s) + 1e-9, Steps[^1]);
}
