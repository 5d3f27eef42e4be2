namespace Coos.Shared.Metrics;

/// <summary>The range of a metric, which decides how it is written and how its intervals are computed.</summary>
public enum MetricScale
{
    /// <summary>0..1, written as a percentage.</summary>
    Share,

    /// <summary>-1..1, written as a number.</summary>
    Correlation,

    /// <summary>From 0 upwards, written as a number.</summary>
    Loss,
}
