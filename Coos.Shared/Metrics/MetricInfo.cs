using System.Globalization;
using System.Text.Json;
using Coos.Shared.Scores;

namespace Coos.Shared.Metrics;

/// <summary>What pages, files and manifests need to know of a metric.</summary>
/// <param name="Id">The metric.</param>
/// <param name="Title">Its name within a sentence: "macro F1".</param>
/// <param name="Scale">Its range.</param>
/// <param name="IsHigherBetter">Whether a higher value is better.</param>
/// <remarks>
/// Ranks, differences and tests are of the loss, which is lower for a better entry: the value itself, or 1 - the value where higher is
/// better. Pages and answers show values.
/// </remarks>
public sealed partial record MetricInfo(MetricId Id, string Title, MetricScale Scale, bool IsHigherBetter)
{
    /// <summary>All metrics, in the order in which they are listed.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } =
    [
        new(MetricId.BalancedError, "balanced error", MetricScale.Share, false),
        new(MetricId.Error, "error", MetricScale.Share, false),
        new(MetricId.Accuracy, "accuracy", MetricScale.Share, true),
        new(MetricId.BalancedAccuracy, "balanced accuracy", MetricScale.Share, true),
        new(MetricId.MacroF1, "macro F1", MetricScale.Share, true),
        new(MetricId.WorstGroupAccuracy, "worst-group accuracy", MetricScale.Share, true) { NeedsGroup = true },
        new(MetricId.WorstClassSensitivity, "worst-class sensitivity", MetricScale.Share, true),
        new(MetricId.GroupPercentileAccuracy, "group percentile accuracy", MetricScale.Share, true) { NeedsGroup = true },
        new(MetricId.TopKAccuracy, "top-k accuracy", MetricScale.Share, true) { NeedsProbabilities = true },
        new(MetricId.BalancedLogLoss, "balanced log loss", MetricScale.Loss, false) { NeedsProbabilities = true },
        new(MetricId.LogLoss, "log loss", MetricScale.Loss, false) { NeedsProbabilities = true },
        new(MetricId.Brier, "Brier score", MetricScale.Loss, false) { NeedsProbabilities = true },
        new(MetricId.Auroc, "AUROC", MetricScale.Share, true) { NeedsProbabilities = true },
        new(MetricId.Mcc, "Matthews correlation", MetricScale.Correlation, true),
        new(MetricId.QuadraticKappa, "quadratic kappa", MetricScale.Correlation, true),
        new(MetricId.Composite, "composite score", MetricScale.Share, true),
    ];

    /// <summary>Its name in manifests and the API: <c>macroF1</c>.</summary>
    public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(Id.ToString());

    /// <summary>Whether it is computed from probabilities; predictions without them have no value.</summary>
    public bool NeedsProbabilities { get; private init; }

    /// <summary>Whether it is computed from the groups of a label column.</summary>
    public bool NeedsGroup { get; private init; }

    /// <summary>Its name at the start of a sentence: "Macro F1".</summary>
    public string Heading => char.ToUpperInvariant(Title[0]) + Title[1..];

    /// <summary>Gets a metric.</summary>
    public static MetricInfo Get(MetricId id) => All[(int)id];

    /// <summary>Finds a metric by its name in manifests.</summary>
    /// <returns>Null if there is none.</returns>
    public static MetricInfo? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>The largest loss; infinity for a loss without a bound.</summary>
    public double Range =>
        Scale switch
        {
            MetricScale.Share => 1,
            MetricScale.Correlation => 2,
            _ => double.PositiveInfinity,
        };

    /// <summary>Converts a value to the loss, which is lower for a better entry.</summary>
    /// <param name="value">The value.</param>
    public double ToLoss(double value) => IsHigherBetter ? 1 - value : value;

    /// <summary>Converts a loss to a value, rounded so that 1 - 0.3 is 0.7 and not its neighbour.</summary>
    /// <param name="loss">The loss.</param>
    public double ToValue(double loss) => IsHigherBetter ? Math.Round(1 - loss, 15) : loss;

    /// <summary>Converts the limits of a loss to those of the value.</summary>
    /// <param name="lower">The lower limit of the loss.</param>
    /// <param name="upper">The upper limit of the loss.</param>
    public double[] ToValues(double lower, double upper) => IsHigherBetter ? [ToValue(upper), ToValue(lower)] : [lower, upper];

    /// <summary>Converts a difference of losses to that of the values.</summary>
    /// <param name="difference">The difference of losses.</param>
    public double ToDifference(double difference) => IsHigherBetter ? 0 - difference : difference;

    /// <summary>Converts the limits of a difference of losses to those of the difference of values.</summary>
    /// <param name="lower">The lower limit.</param>
    /// <param name="upper">The upper limit.</param>
    public double[] ToDifferences(double lower, double upper) => IsHigherBetter ? [0 - upper, 0 - lower] : [lower, upper];

    /// <summary>Writes a value: "70.3" percent for a share, otherwise "0.703".</summary>
    public string Format(double value) =>
        Scale == MetricScale.Share ? Percent.Of(value) : value.ToString("0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>The unit after a formatted value: "%" for a share, otherwise nothing.</summary>
    public string Unit => Scale == MetricScale.Share ? "%" : "";
}
