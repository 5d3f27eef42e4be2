namespace Coos.Server.Images;

/// <summary>The nearest training images of an image.</summary>
/// <param name="Images">The images, nearest first, with their class if the viewer may see labels.</param>
/// <param name="FeatureCount">The number of features whose distance it is.</param>
internal sealed record NearestImages(IReadOnlyList<NearestImage> Images, int FeatureCount);

/// <summary>A training image near an image.</summary>
/// <param name="Document">The image.</param>
/// <param name="Distance">
/// The Euclidean distance of the features, each in standard deviations of the training images; at least 0.
/// </param>
internal sealed record NearestImage(ImageDocument Document, double Distance);
