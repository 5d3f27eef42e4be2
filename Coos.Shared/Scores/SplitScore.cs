using System.Text.Json.Serialization;
using Coos.Shared.Metrics;

namespace Coos.Shared.Scores;

/// <summary>The report on the predictions of one split.</summary>
public sealed record SplitScore
{
    /// <summary>The cells as they were read, before the number of classes is known.</summary>
    private readonly int[][]? _cells;

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images; null for reported results that do not state it.</summary>
    public int? Images { get; init; }

    /// <summary>
    /// 1 - the mean sensitivity of the classes that have images, 0..1; null if only another metric is shown, or reported.
    /// </summary>
    public double? BalancedError { get; init; }

    /// <summary>The lower and upper limit of its 95% interval; null for reported results, whose predictions are not known.</summary>
    public double[]? BalancedErrorInterval { get; init; }

    /// <summary>The name of the interval method; null without intervals.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The share of images predicted correctly, 0..1; null for reported results.</summary>
    public double? Accuracy { get; init; }

    /// <summary>
    /// The metrics of the benchmark, the ranking metric first; null for results whose predictions are not known.
    /// </summary>
    public IReadOnlyList<MetricScore>? Metrics { get; init; }

    /// <summary>The scores of each group of images; null if the benchmark names no groups, or the labels do not have them.</summary>
    public IReadOnlyList<GroupScore>? Groups { get; init; }

    /// <summary>Each class; empty for results of publications.</summary>
    public required IReadOnlyList<ClassScore> Classes { get; init; }

    /// <summary>The confusion matrix; null for reported results.</summary>
    [JsonIgnore]
    public ConfusionMatrix? Matrix
    {
        get => field ??= _cells is null ? null : ConfusionMatrix.FromCells(_cells, Classes.Count);
        init => (field, _cells) = (value, null);
    }

    /// <summary>
    /// K x K counts, <c>[true class][predicted class]</c>; null for reported results, and for more than 255 classes, which have
    /// <see cref="ConfusionCells"/>.
    /// </summary>
    public int[][]? Confusion
    {
        get => Matrix is { ClassCount: <= ConfusionMatrix.MaximumDense } matrix ? matrix.ToRows() : null;
        init => Matrix = value is null ? null : ConfusionMatrix.FromRows(value);
    }

    /// <summary>
    /// The cells with images, <c>[true class, predicted class, images]</c> each; null for reported results, and for at most 255 classes.
    /// </summary>
    public int[][]? ConfusionCells
    {
        get => Matrix is { ClassCount: > ConfusionMatrix.MaximumDense } matrix ? matrix.ToCells() : null;
        init => _cells = value;
    }

    /// <summary>How well the probabilities are calibrated; null if the file has none.</summary>
    public CalibrationScore? Calibration { get; init; }

    /// <summary>The hash of the labels that were used; null for reported results.</summary>
    public string? LabelsHash { get; init; }

    /// <summary>The keyed hash that others see as <see cref="LabelsHash"/>; null except for organisers of guarded benchmarks.</summary>
    public string? PublicLabelsHash { get; init; }

    /// <summary>The hash of the predictions; null for reported results.</summary>
    public string? PredictionsHash { get; init; }

    /// <summary>The ranking metric.</summary>
    /// <remarks>Reports of earlier versions name no metrics: they are of the balanced error.</remarks>
    [JsonIgnore]
    public MetricScore Ranking =>
        Metrics is [var ranking, ..]
            ? ranking
            : new MetricScore(MetricId.BalancedError, BalancedError, BalancedErrorInterval, IntervalMethod);

    /// <summary>Finds the loss of the ranking metric, lower for a better entry, with its interval; null if it is not defined.</summary>
    public ErrorEstimate? FindLoss() => Ranking.Loss;
}
