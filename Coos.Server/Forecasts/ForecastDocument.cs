using System.Text.Json.Serialization;
using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;

namespace Coos.Server.Forecasts;

/// <summary>
/// The accuracies of a benchmark's entries under shift, forecast without labels of the shifted test sets, beside the measured ones.
/// </summary>
public sealed record ForecastDocument
{
    /// <summary>The benchmark.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The test set without shift, whose labels the forecasts use.</summary>
    public required string Reference { get; init; }

    /// <summary>Whether the result is still being computed. Ask again in a moment.</summary>
    public bool IsComputing { get; init; }

    /// <summary>Whether it could not be computed. The cause is in the server's log; the server will try again. Absent if not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasFailed { get; init; }

    /// <summary>How far each kind of forecast was off, over all entries and test sets. The last one assumes no loss under shift.</summary>
    public IReadOnlyList<ForecastSummary> Forecasts { get; init; } = [];

    /// <summary>The shifted test sets.</summary>
    public IReadOnlyList<ForecastSplit> Splits { get; init; } = [];
}

/// <summary>How far a kind of forecast was off.</summary>
/// <param name="Id">
/// thresholdedMaximum, thresholdedEntropy, confidenceDifference, agreementJoint, agreementSingle, or noLoss.
/// </param>
/// <param name="Forecasts">The number of forecasts, over entries and test sets.</param>
/// <param name="MeanAbsoluteError">The mean of |forecast - accuracy|; null without a forecast.</param>
/// <param name="Interval">
/// Its 95% interval, with the entries of a family or submitter as one group; null with fewer than three groups.
/// </param>
/// <param name="MeanError">The mean of forecast - accuracy: above 0 if too optimistic; null without a forecast.</param>
/// <param name="Groups">The number of groups of entries.</param>
/// <param name="Splits">The mean absolute error by test set.</param>
public sealed record ForecastSummary(
    string Id,
    int Forecasts,
    double? MeanAbsoluteError,
    double[]? Interval,
    double? MeanError,
    int Groups,
    IReadOnlyDictionary<string, double> Splits
);

/// <summary>The forecasts for a shifted test set.</summary>
/// <param name="Split">The test set.</param>
/// <param name="Line">The line of the agreements; null with fewer than three pairs of entries that differ.</param>
/// <param name="Entries">The entries, best first.</param>
/// <param name="Excluded">The entries that are left out, and why.</param>
public sealed record ForecastSplit(
    string Split,
    AgreementLineDocument? Line,
    IReadOnlyList<ForecastEntry> Entries,
    IReadOnlyList<ExcludedEntry> Excluded
);

/// <summary>The line of the agreements of all pairs of entries, on probit axes.</summary>
/// <param name="Slope">The slope.</param>
/// <param name="Intercept">The intercept.</param>
/// <param name="RSquared">The share of the variance that the line explains. The paper trusts lines from 0.95.</param>
/// <param name="Pairs">The number of pairs.</param>
public sealed record AgreementLineDocument(double Slope, double Intercept, double RSquared, int Pairs);

/// <summary>The forecasts of an entry for a test set. All are plain accuracies, 0..1.</summary>
public sealed record ForecastEntry
{
    /// <summary>The submission.</summary>
    public required Guid Id { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The submitter.</summary>
    public required string Submitter { get; init; }

    /// <summary>The kind of entry.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>The accuracy on the reference test set.</summary>
    public required double ReferenceAccuracy { get; init; }

    /// <summary>The measured accuracy.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The measured class-balanced accuracy. Without labels, class sizes are unknown, so nothing forecasts it.</summary>
    public required double BalancedAccuracy { get; init; }

    /// <summary>Whether it has probabilities on both test sets, which the first three forecasts need.</summary>
    public bool HasProbabilities { get; init; }

    /// <summary>Average thresholded confidence of the largest probability.</summary>
    public double? ThresholdedMaximum { get; init; }

    /// <summary>Average thresholded confidence of the negative entropy.</summary>
    public double? ThresholdedEntropy { get; init; }

    /// <summary>Difference of confidences; may be outside 0..1.</summary>
    public double? ConfidenceDifference { get; init; }

    /// <summary>Agreement-on-the-line, ALine-D.</summary>
    public double? AgreementJoint { get; init; }

    /// <summary>Agreement-on-the-line, ALine-S.</summary>
    public double? AgreementSingle { get; init; }
}
