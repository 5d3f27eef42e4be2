using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Methods;

/// <summary>The mean of a method over its runs, or the difference of two methods, with its 95% interval.</summary>
/// <param name="Value">The mean balanced error, 0..1; or the error of the first minus that of the second, -1..1.</param>
/// <param name="Interval">Value ± t sqrt(V), within the possible values.</param>
/// <param name="Variance">V and its parts.</param>
/// <param name="Unit">What V_w treats as independent: "image", "well" or "plate".</param>
public readonly record struct MethodEstimate(double Value, Interval Interval, MethodVariance Variance, string Unit)
{
    /// <summary>The two-sided p of no difference, 0..1; meaningful for differences only.</summary>
    public double P => Variance.ComputeP(Value);

    /// <summary>Creates the estimate of a value.</summary>
    internal static MethodEstimate Create(double value, double minimum, MethodVariance variance, string unit)
    {
        var half = variance.HalfWidth;
        return new MethodEstimate(value, new Interval(Math.Max(minimum, value - half), Math.Min(1, value + half)), variance, unit);
    }

    /// <summary>Creates the estimate of a mean error.</summary>
    /// <param name="mean">The mean, 0..1.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="unit">What the variance treats as independent.</param>
    public static MethodEstimate OfMean(double mean, MethodVariance variance, string unit) => Create(mean, 0, variance, unit);

    /// <summary>Creates the estimate of a difference.</summary>
    /// <param name="difference">The difference, -1..1.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="unit">What the variance treats as independent.</param>
    public static MethodEstimate OfDifference(double difference, MethodVariance variance, string unit) =>
        Create(difference, -1, variance, unit);
}
