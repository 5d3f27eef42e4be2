using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>A trained classifier of feature vectors.</summary>
public interface IClassifier
{
    /// <summary>Computes the probability of each class for each image.</summary>
    /// <param name="features">Features, N x D, standardised as in training.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>Probabilities, N x K; each row sums to 1.</returns>
    FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default);
}
