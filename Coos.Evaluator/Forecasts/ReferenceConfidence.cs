using Coos.Shared.Predictions;

namespace Coos.Evaluator.Forecasts;

/// <summary>What forecasts need to know of an entry on the reference split, whose labels are known.</summary>
/// <param name="Accuracy">The share of images that the entry gets right, 0..1.</param>
/// <param name="MeanConfidence">The mean of the largest probability, 0..1.</param>
/// <param name="MaximumThreshold">The threshold of the largest probability.</param>
/// <param name="EntropyThreshold">The threshold of the negative entropy.</param>
public sealed record ReferenceConfidence(double Accuracy, double MeanConfidence, double MaximumThreshold, double EntropyThreshold)
{
    /// <summary>Computes it from the labels of the reference split.</summary>
    /// <param name="actual">True class indices, at least one.</param>
    /// <param name="predictions">Predictions with probabilities for the same images.</param>
    /// <exception cref="ArgumentException">There are no probabilities, or not one prediction per label.</exception>
    public static ReferenceConfidence Compute(ReadOnlySpan<ushort> actual, PredictionSet predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Probabilities is not { } probabilities || predictions.Classes.Length != actual.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and {predictions.Classes.Length} predictions; there must be one per label, with probabilities.",
                nameof(predictions)
            );
        }

        var wrong = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            wrong += predictions.Classes[i] == actual[i] ? 0 : 1;
        }

        var largest = ConfidenceScores.ComputeMaximum(probabilities);
        return new ReferenceConfidence(
            1 - ((double)wrong / actual.Length),
            largest.Average(),
            ThresholdedConfidence.FindThreshold(largest, wrong),
            ThresholdedConfidence.FindThreshold(ConfidenceScores.ComputeNegativeEntropy(probabilities), wrong)
        );
    }

    /// <summary>Forecasts the accuracy on a split from its probabilities alone.</summary>
    /// <param name="probabilities">The probabilities of the split, of at least one image.</param>
    public ConfidenceForecast Forecast(ClassProbabilities probabilities)
    {
        var largest = ConfidenceScores.ComputeMaximum(probabilities);
        return new ConfidenceForecast(
            ThresholdedConfidence.Forecast(largest, MaximumThreshold),
            ThresholdedConfidence.Forecast(ConfidenceScores.ComputeNegativeEntropy(probabilities), EntropyThreshold),
            Accuracy + largest.Average() - MeanConfidence
        );
    }
}

/// <summary>Forecasts of an entry's accuracy on a split from its probabilities, without labels of the split.</summary>
/// <param name="Maximum">Average thresholded confidence of the largest probability, 0..1.</param>
/// <param name="Entropy">Average thresholded confidence of the negative entropy, 0..1.</param>
/// <param name="Difference">
/// Difference of confidences (Guillory et al., "Predicting with confidence on unseen distributions", ICCV 2021): the accuracy on
/// the reference split plus the change of the mean largest probability. May be outside 0..1.
/// </param>
public readonly record struct ConfidenceForecast(double Maximum, double Entropy, double Difference);
