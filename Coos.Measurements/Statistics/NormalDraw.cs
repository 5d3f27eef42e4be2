using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>Draws of the standard normal distribution for simulations.</summary>
internal static class NormalDraw
{
    /// <summary>Draws one number (Box and Muller, Annals of Mathematical Statistics 29, 1958).</summary>
    public static double Next(ref SplitMix mix) =>
        Math.Sqrt(-2 * Math.Log(1 - mix.NextDouble())) * Math.Cos(2 * Math.PI * mix.NextDouble());
}
