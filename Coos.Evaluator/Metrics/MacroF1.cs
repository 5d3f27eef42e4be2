using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The mean over the classes that have images of F1 = 2 TP / (images + predictions): scikit-learn's <c>f1_score</c> with
/// <c>average="macro"</c> and <c>labels=unique(y_true)</c>, as in WILDS. scikit-learn's default also averages over classes that only
/// predictions name.
/// </summary>
public sealed class MacroF1 : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.MacroF1;

    internal override bool IsBalanced => true;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        var (hits, predicted) = (new int[split.ClassCount], new int[split.ClassCount]);
        for (var i = 0; i < influences.Length; i++)
        {
            predicted[predictions.Classes[i]]++;
            hits[split.Actual[i]] += predictions.Classes[i] == split.Actual[i] ? 1 : 0;
        }

        var sum = 0.0;
        var (perHit, perPrediction) = (new double[split.ClassCount], new double[split.ClassCount]);
        for (var k = 0; k < split.ClassCount; k++)
        {
            if (split.ClassImages[k] > 0)
            {
                double all = split.ClassImages[k] + predicted[k];
                sum += 2 * hits[k] / all;
                perHit[k] = 2 / all / split.Present;
                perPrediction[k] = -2 * hits[k] / (all * all) / split.Present;
            }
        }

        for (var i = 0; i < influences.Length; i++)
        {
            var (actual, named) = (split.Actual[i], predictions.Classes[i]);
            influences[i] = perPrediction[named] + (named == actual ? perHit[actual] : 0);
        }

        return sum / split.Present;
    }
}
