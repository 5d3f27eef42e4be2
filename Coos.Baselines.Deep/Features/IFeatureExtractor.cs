using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Features;

/// <summary>Turns images into numbers with a network: features of a layer, or probabilities.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>Names the features, their options and, by a hash, the weights: features of one kind are the same.</summary>
    string Kind { get; }

    /// <summary>D, the numbers an image.</summary>
    int Columns { get; }

    /// <summary>The images at once that two cores handle well.</summary>
    int BatchSize { get; }

    /// <summary>The layer's name; null where the numbers are probabilities.</summary>
    string? Layer { get; }

    /// <summary>Which extractor this is, to make it again from a file.</summary>
    ExtractorDescription Description { get; }

    /// <summary>Adds the network's tensors to a file.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="prefix">What their names begin with.</param>
    void AddTo(SafeTensorsWriter writer, string prefix);

    /// <summary>Refuses images that the network cannot take.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">It cannot take them, and why.</exception>
    void Require(ImageSet set);

    /// <summary>The number of values that one image becomes before the network.</summary>
    /// <param name="shape">The images' shape.</param>
    int InputLength(ImageShape shape);

    /// <summary>Prepares one image; called from several threads.</summary>
    /// <param name="image">Raw intensities, C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="input">Receives <see cref="InputLength"/> values.</param>
    void Prepare(ReadOnlySpan<float> image, ImageShape shape, Span<float> input);

    /// <summary>Runs the network.</summary>
    /// <param name="input">N x <see cref="InputLength"/>, on the network's device.</param>
    /// <param name="shape">The images' shape.</param>
    /// <returns>N x D.</returns>
    torch.Tensor Extract(torch.Tensor input, ImageShape shape);
}
