using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Models;

/// <summary>A trained texture baseline, which turns texture features into probabilities.</summary>
/// <param name="Shape">The shape of the training images; images to classify need the same channels and size.</param>
/// <param name="Texture">The options of the features.</param>
/// <param name="Standardisation">The means and scales of the training features.</param>
/// <param name="Classifier">The classifier, trained on standardised features.</param>
public sealed record TextureModel(ImageShape Shape, TextureOptions Texture, Standardisation Standardisation, IClassifier Classifier)
{
    /// <summary>Classifies images by their features.</summary>
    /// <param name="features">Features, N x D, not standardised.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>Probabilities, N x K.</returns>
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default) =>
        Classifier.Predict(Standardisation.Apply(features), cancellation);

    /// <summary>Rejects images with another size or number of channels than the training images.</summary>
    /// <param name="set">The images.</param>
    /// <param name="training">The training images.</param>
    /// <exception cref="DatasetException">The size or the number of channels differs.</exception>
    public static void Require(ImageSet set, ImageShape training)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Shape with { Count = training.Count } != training)
        {
            var channels = set.Shape.Channels == 1 ? "1 channel" : $"{set.Shape.Channels} channels";
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"the images have {channels} of {set.Shape.Height} x {set.Shape.Width} pixels, "
                    + $"but the training images have {training.Channels} of {training.Height} x {training.Width}"
            );
        }
    }
}
