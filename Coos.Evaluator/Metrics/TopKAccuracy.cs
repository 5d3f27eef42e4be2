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
        var buffer = new double[split.ClassCount];
        return CountShare(influences, i => CountBefore(predictions.Probabilities!.RowOf(i, buffer), split.Actual[i]) < split.Ranking.K);
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
