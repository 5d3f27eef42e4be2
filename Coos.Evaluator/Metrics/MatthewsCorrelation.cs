using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Matthews' correlation coefficient of any number of classes (Gorodkin, "Comparing two K-category assignments by a K-category
/// correlation coefficient", Computational Biology and Chemistry 28, 2004; scikit-learn's <c>matthews_corrcoef</c>); 0 if labels or
/// predictions name one class only.
/// </summary>
public sealed class MatthewsCorrelation : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Mcc;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        double n = influences.Length;
        var predicted = new int[split.ClassCount];
        var correct = 0;
        for (var i = 0; i < influences.Length; i++)
        {
            predicted[predictions.Classes[i]]++;
            correct += predictions.Classes[i] == split.Actual[i] ? 1 : 0;
        }

        var (both, ofLabels, ofPredictions) = (correct * n, n * n, n * n);
        for (var k = 0; k < split.ClassCount; k++)
        {
            both -= (double)split.ClassImages[k] * predicted[k];
            ofLabels -= (double)split.ClassImages[k] * split.ClassImages[k];
            ofPredictions -= (double)predicted[k] * predicted[k];
        }

        if (ofLabels == 0 || ofPredictions == 0)
        {
            return 0;
        }

        // With labels fixed, only the numerator and the predictions' part of the denominator change with an image's prediction.
        var scale = Math.Sqrt(ofLabels * ofPredictions);
        for (var i = 0; i < influences.Length; i++)
        {
            var named = predictions.Classes[i];
            var numerator = (named == split.Actual[i] ? n : 0) - split.ClassImages[named];
            influences[i] = (numerator + (both * predicted[named] / ofPredictions)) / scale;
        }

        return both / scale;
    }
}
