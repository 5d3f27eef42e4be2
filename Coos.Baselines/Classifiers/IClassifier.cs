using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>A trained classifier of feature vectors.</summary>
public interface IClassifier
{
    /// <summary>Gives each image a probability for each class.</summary>
    /// <param name="features">N x D, standardised as in training.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>N x K, rows that sum to 1.</returns>
    FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default);
}
