using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The area under the ROC curve: for two classes that of the second, otherwise the mean over the classes that have images of each
/// against the rest (scikit-learn's <c>roc_auc_score</c>, <c>multi_class="ovr"</c>, <c>average="macro"</c>). Not defined if all images
/// are of one class.
/// </summary>
/// <remarks>
/// Influences are the placement values of DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver
/// operating characteristic curves: a nonparametric approach", Biometrics 44, 1988.
/// </remarks>
public sealed class Auroc : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Auroc;

    internal override bool IsBalanced => true;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        if (split.Present < 2)
        {
            return null;
        }

        int[] classes = split.ClassCount == 2 ? [1] : [.. Enumerable.Range(0, split.ClassCount).Where(k => split.ClassImages[k] > 0)];
        var scores = new double[influences.Length];
        var order = new int[influences.Length];
        var sum = 0.0;
        foreach (var k in classes)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = predictions.Probabilities![i, k];
                order[i] = i;
            }

            Array.Sort(scores, order);
            sum += AddArea(split, k, scores, order, classes.Length, influences);
        }

        return sum / classes.Length;
    }

    /// <summary>Adds the placement of each image to its influence: the share of the other side that it is on the right side of.</summary>
    private static double AddArea(MetricSplit split, int k, double[] scores, int[] order, int classes, Span<double> influences)
    {
        double positives = split.ClassImages[k];
        var negatives = scores.Length - positives;
        var (area, positivesBelow, negativesBelow) = (0.0, 0.0, 0.0);
        for (var (start, end) = (0, 0); start < scores.Length; start = end)
        {
            var (positivesHere, negativesHere) = (0.0, 0.0);
            for (; end < scores.Length && scores[end] == scores[start]; end++)
            {
                var isPositive = split.Actual[order[end]] == k;
                positivesHere += isPositive ? 1 : 0;
                negativesHere += isPositive ? 0 : 1;
            }

            var below = (negativesBelow + (negativesHere / 2)) / negatives;
            var above = (positives - positivesBelow - (positivesHere / 2)) / positives;
            area += positivesHere * below / positives;
            for (var i = start; i < end; i++)
            {
                influences[order[i]] += (split.Actual[order[i]] == k ? below / positives : above / negatives) / classes;
            }

            positivesBelow += positivesHere;
            negativesBelow += negativesHere;
        }

        return area;
    }
}
