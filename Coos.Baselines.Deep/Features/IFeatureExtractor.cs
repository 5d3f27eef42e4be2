using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Features;

/// <summary>Computes layer features or class probabilities of images with a network.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>The name of the features with their options and a hash of the weights; equal kinds give equal features.</summary>
    string Kind { get; }

    /// <summary>D, the number of values per image.</summary>
    int Columns { get; }

    /// <summary>The number of images per batch that suits two cores.</summary>
    int BatchSize { get; }

    /// <summary>The name of the layer; null for probabilities.</summary>
    string? Layer { get; }

    /// <summary>The description from which the extractor can be loaded again.</summary>
    ExtractorDescription Description { get; }

    /// <summary>Adds the network's tensors to a file.</summary>
    /// <param name="writer">The writer of the file.</param>
    /// <param name="prefix">The prefix of the tensor names.</param>
    void AddTo(SafeTensorsWriter writer, string prefix);

    /// <summary>Rejects images that the network cannot process.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">The network cannot process the images.</exception>
    void Require(ImageSet set);

    /// <summary>Computes the number of input values of the network per image.</summary>
    /// <param name="shape">The shape of the images.</param>
    int InputLength(ImageShape shape);

    /// <summary>Prepares one image; called from several threads.</summary>
    /// <param name="image">Raw samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="input">Receives <see cref="InputLength"/> values.</param>
    void Prepare(ReadOnlySpan<float> image, ImageShape shape, Span<float> input);

    /// <summary>Runs the network.</summary>
    /// <param name="input">The input, N x <see cref="InputLength"/>, on the network's device.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <returns>Features, N x D.</returns>
    torch.Tensor Extract(torch.Tensor input, ImageShape shape);
}
