using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The share of images whose true class is among the k most probable ones (scikit-learn's <c>top_k_accuracy_score</c>, also in that of
/// equal probabilities the class with the higher index comes first).
/// </summary>
public sealed class TopKAccuracy : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.TopKAccuracy;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        double n = influences.Length;
        var hits = 0;
        for (var i = 0; i < influences.Length; i++)
        {
            var row = predictions.Probabilities.AsSpan(i * split.ClassCount, split.ClassCount);
            var isHit = CountBefore(row, split.Actual[i]) < split.Ranking.K;
            hits += isHit ? 1 : 0;
            influences[i] = isHit ? 1 / n : 0;
        }

        return hits / n;
    }

    private static int CountBefore(ReadOnlySpan<double> row, int actual)
    {
        var before = 0;
        for (var k = 0; k < row.Length; k++)
        {
            before += row[k] > row[actual] || (row[k] == row[actual] && k > actual) ? 1 : 0;
        }

        return before;
    }
}
