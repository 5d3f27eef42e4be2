namespace Coos.Evaluator.Disclosures;

/// <summary>Counts steps in errors, which are doubles: 0.29 / 0.01 is slightly below 29.</summary>
internal static class Steps
{
    /// <summary>The share of a step that does not matter; that of the Ladder and of the rounding of errors.</summary>
    public const double Slack = 1e-9;

    /// <summary>Returns the number of the nearest step.</summary>
    public static int Nearest(double error, double step) => (int)Math.Round(error / step, MidpointRounding.AwayFromZero);

    /// <summary>Returns the number of the step at or above an error; the upper limit 1 need not be a multiple of the step.</summary>
    public static int Above(double error, double step) => (int)Math.Ceiling((error / step) - Slack);
}
