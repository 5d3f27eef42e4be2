namespace Coos.Evaluator.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>The upper limit minus the lower one.</summary>
    public double Width => Upper - Lower;

    /// <summary>Returns the limits as the API sends them.</summary>
    public double[] ToArray() => [Lower, Upper];

    /// <summary>Returns the smallest interval that contains this one and another.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Lower, other.Lower), Math.Max(Upper, other.Upper));
}
