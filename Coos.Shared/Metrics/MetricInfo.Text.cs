using System.Globalization;
using Coos.Shared.Scores;

namespace Coos.Shared.Metrics;

/// <content>Writes losses as values, for pages and files.</content>
public sealed partial record MetricInfo
{
    /// <summary>Its name in headings and captions; the balanced error is called class-balanced there.</summary>
    public string LongTitle => Id == MetricId.BalancedError ? "class-balanced error" : Title;

    /// <summary>Which values are better: "lower is better".</summary>
    public string Direction => IsHigherBetter ? "higher is better" : "lower is better";

    /// <summary>"%" in a list of words: ", %" for a share, otherwise nothing.</summary>
    public string UnitWord => Scale == MetricScale.Share ? ", %" : "";

    /// <summary>Writes the value of a loss: "70.3" percent, or "0.703".</summary>
    public string Write(double loss) => Format(ToValue(loss));

    /// <summary>Writes the value of a loss with one more decimal, for means that differ in it.</summary>
    public string WriteFine(double loss) =>
        Scale == MetricScale.Share
            ? Percent.Fine(ToValue(loss))
            : ToValue(loss).ToString("0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>Writes the interval of a loss as that of the value.</summary>
    public string WriteRange(double lower, double upper) =>
        IsHigherBetter ? $"{Write(upper)}\u2013{Write(lower)}" : $"{Write(lower)}\u2013{Write(upper)}";

    /// <summary>Writes a difference of losses as that of the values, with its sign.</summary>
    public string WriteDifference(double difference)
    {
        var own = ToDifference(difference);
        return Scale == MetricScale.Share ? Percent.Signed(own) : own.ToString("+0.000;\u22120.000;0.000", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the interval of a difference of losses as that of the values.</summary>
    public string WriteDifferences(double lower, double upper) =>
        IsHigherBetter ? $"{WriteDifference(upper)} to {WriteDifference(lower)}" : $"{WriteDifference(lower)} to {WriteDifference(upper)}";
}
