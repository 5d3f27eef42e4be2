namespace Coos.Shared.Scores;

/// <summary>The report on the predictions of one split.</summary>
public sealed record SplitScore
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images; null for results of publications that do not say.</summary>
    public int? Images { get; init; }

    /// <summary>1 - the mean sensitivity of the classes that have images, 0..1.</summary>
    public required double BalancedError { get; init; }

    /// <summary>Its 95% interval, lower and upper; null for results of publications, whose predictions are not known.</summary>
    public double[]? BalancedErrorInterval { get; init; }

    /// <summary>How the interval was made, in words; null where there is none.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The share of images predicted right, 0..1; null for results of publications.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Each class; empty for results of publications.</summary>
    public required IReadOnlyList<ClassScore> Classes { get; init; }

    /// <summary>K x K counts, <c>[true class][predicted class]</c>; null for results of publications.</summary>
    public int[][]? Confusion { get; init; }

    /// <summary>How far the probabilities can be believed; null where the file gives none.</summary>
    public CalibrationScore? Calibration { get; init; }

    /// <summary>The hash of the labels that were used; null for results of publications.</summary>
    public string? LabelsHash { get; init; }

    /// <summary>The hash of the predictions; null for results of publications.</summary>
    public string? PredictionsHash { get; init; }
}
