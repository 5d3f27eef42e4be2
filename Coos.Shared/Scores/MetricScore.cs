using System.Text.Json.Serialization;
using Coos.Shared.Metrics;

namespace Coos.Shared.Scores;

/// <summary>A metric of a split, or of a group of its images.</summary>
/// <param name="Id">The metric.</param>
/// <param name="Value">
/// Its value; null if it is not defined, such as the AUROC of one class, or a metric that needs probabilities of a file without them.
/// </param>
/// <param name="Interval">The lower and upper limit of its 95% interval; null if there is none.</param>
/// <param name="IntervalMethod">The method of the interval, in words, or why there is none.</param>
public sealed record MetricScore(
    MetricId Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value,
    double[]? Interval,
    string? IntervalMethod
)
{
    /// <summary>What it is of: the worst group, or the index of the worst class; null if it is of all images.</summary>
    public string? Of { get; init; }

    /// <summary>Creates the score of a loss.</summary>
    /// <param name="id">The metric.</param>
    /// <param name="loss">The loss with its interval.</param>
    /// <param name="method">The method of the interval.</param>
    public static MetricScore OfLoss(MetricId id, ErrorEstimate loss, string? method)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var info = MetricInfo.Get(id);
        var interval = loss is { Lower: { } lower, Upper: { } upper } ? info.ToValues(lower, upper) : null;
        return new MetricScore(id, info.ToValue(loss.Error), interval, method);
    }

    /// <summary>The loss, which is lower for a better entry, with its interval; null if the value is not defined.</summary>
    [JsonIgnore]
    public ErrorEstimate? Loss
    {
        get
        {
            var info = MetricInfo.Get(Id);
            return Value is not { } value ? null
                : Interval is not { } limits ? new ErrorEstimate(info.ToLoss(value), null, null)
                : info.IsHigherBetter ? new ErrorEstimate(info.ToLoss(value), info.ToLoss(limits[1]), info.ToLoss(limits[0]))
                : new ErrorEstimate(value, limits[0], limits[1]);
        }
    }
}
