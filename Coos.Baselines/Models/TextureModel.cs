using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Models;

/// <summary>A trained texture baseline: what turns the features of images into probabilities.</summary>
/// <param name="Shape">The training images; those to classify have the same channels and size.</param>
/// <param name="Texture">How the features were computed.</param>
/// <param name="Standardisation">Means and scales of training.</param>
/// <param name="Classifier">Trained on standardised features.</param>
public sealed record TextureModel(ImageShape Shape, TextureOptions Texture, Standardisation Standardisation, IClassifier Classifier)
{
    /// <summary>Classifies images by their features.</summary>
    /// <param name="features">N x D, as computed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>N x K probabilities.</returns>
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default) =>
        Classifier.Predict(Standardisation.Apply(features), cancellation);

    /// <summary>Refuses images of another size or number of channels than the training images.</summary>
    /// <param name="set">The images.</param>
    /// <param name="training">The training images.</param>
    /// <exception cref="DatasetException">They differ.</exception>
    public static void Require(ImageSet set, ImageShape training)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Shape with { Count = training.Count } != training)
        {
            throw new DatasetException(
                set.Source, null, null,
                $"the images have {set.Shape.Channels} {(set.Shape.Channels == 1 ? "channel" : "channels")} of {set.Shape.Height} x {set.Shape.Width} pixels, the training images {training.Channels} of {training.Height} x {training.Width}");
        }
    }
}
