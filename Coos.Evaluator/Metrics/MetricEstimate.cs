using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;

namespace Coos.Evaluator.Metrics;

/// <summary>A metric of one entry on one split.</summary>
/// <param name="Info">The metric.</param>
/// <param name="Loss">Its loss: lower is better.</param>
/// <param name="Deviations">How much each unit moves the loss.</param>
public sealed record MetricEstimate(MetricInfo Info, double Loss, UnitDeviations Deviations)
{
    /// <summary>The value of the metric.</summary>
    public double Value => Info.ToValue(Loss);

    /// <summary>The 95% interval of the loss; null if there is none.</summary>
    public Interval? LossInterval { get; init; }

    /// <summary>The method of the interval, in words; why there is none otherwise.</summary>
    public required string Method { get; init; }

    /// <summary>What the value is of, if it is of a part of the images: the worst class, or the worst group; otherwise null.</summary>
    public string? Of { get; init; }

    /// <summary>The 95% interval of the value; null if there is none.</summary>
    public Interval? ValueInterval =>
        LossInterval is not { } limits ? null
        : Info.IsHigherBetter ? new Interval(Info.ToValue(limits.Upper), Info.ToValue(limits.Lower))
        : limits;
}
