using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Dials;

/// <summary>
/// Scores predictions of changed images of one split. All of them are of the same images with the same labels, so they are compared
/// image by image. Thread-safe.
/// </summary>
public sealed class DialScorer
{
    private static readonly BalancedErrorMetric BalancedError = new();

    private readonly MetricSplit _split;
    private readonly Metric? _ranking;

    /// <summary>Creates the scorer of a split.</summary>
    /// <param name="labels">The labels, of at least one image.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <param name="ranking">The benchmark's ranking, whose metric is computed too if it is another one.</param>
    public DialScorer(SplitLabels labels, int classCount, string? cluster, Ranking ranking)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(ranking);
        _split = new MetricSplit(labels, classCount, cluster, ranking);
        _ranking = ranking.Metric == MetricId.BalancedError ? null : Metric.Get(ranking.Metric);
    }

    /// <summary>The number of images.</summary>
    public int Images => _split.Actual.Length;

    /// <summary>The unit of intervals and tests: "image", "well" or another label column.</summary>
    public string Unit => _split.Clusters?.Kind ?? "image";

    /// <summary>Scores the predictions of one level of a dial.</summary>
    /// <param name="classes">The predicted class of each image, in the order of the labels.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public ScoredLevel Score(ushort[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var predictions = PredictionSet.OfClasses("", classes);
        return new ScoredLevel(classes, BalancedError.Estimate(_split, predictions)!, _ranking?.Estimate(_split, predictions));
    }

    /// <summary>Compares two levels of an entry, or two entries at one level.</summary>
    /// <returns>The balanced error of the second minus that of the first, with its interval and p.</returns>
    public PairedComparison Compare(ScoredLevel first, ScoredLevel second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return PairedComparison.Compute(_split.Actual, first.Classes, second.Classes, _split.ClassCount, _split.Clusters);
    }

    /// <summary>Computes a weighted mean of the balanced errors of some levels.</summary>
    /// <param name="levels">At least one level, with weights that sum to 1.</param>
    public MeanError Average(IReadOnlyList<(ScoredLevel Level, double Weight)> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfZero(levels.Count);
        var mean = levels.Sum(l => l.Weight * l.Level.BalancedError);
        var deviations = UnitDeviations.Combine([.. levels.Select(l => (l.Weight, l.Level.Estimate.Deviations))]);
        return new MeanError(mean, deviations)
        {
            Interval = new LossLimits(BalancedError.Info, mean, BalancedError.LayoutOf(_split), deviations).Compute(),
        };
    }

    /// <summary>Compares two means of the same levels.</summary>
    /// <returns>The second minus the first.</returns>
    public RankingDifference Compare(MeanError first, MeanError second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var difference = UnitDeviations.Combine([(1, second.Deviations), (-1, first.Deviations)]);
        return new RankingDifference(
            second.Value - first.Value,
            difference.PerImage,
            BalancedError.LayoutOf(_split).ComputeVariance(difference),
            0
        );
    }
}

/// <summary>The score of one level of a dial.</summary>
/// <param name="Classes">The predicted class of each image.</param>
/// <param name="Estimate">The balanced error.</param>
/// <param name="Ranking">
/// The benchmark's ranking metric; null if it is the balanced error, or not defined: without probabilities that it needs.
/// </param>
public sealed record ScoredLevel(ushort[] Classes, MetricEstimate Estimate, MetricEstimate? Ranking)
{
    /// <summary>The balanced error, 0..1.</summary>
    public double BalancedError => Estimate.Loss;

    /// <summary>The 95% interval of the balanced error.</summary>
    public Interval Interval => Estimate.LossInterval!.Value;
}

/// <summary>The mean balanced error of several levels.</summary>
/// <param name="Value">The mean, 0..1.</param>
/// <param name="Deviations">How much each unit moves it.</param>
public sealed record MeanError(double Value, UnitDeviations Deviations)
{
    /// <summary>The 95% interval.</summary>
    public required Interval Interval { get; init; }
}
