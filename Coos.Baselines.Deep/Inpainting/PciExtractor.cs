using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>Features of a trained source encoder: a convolution's output after ReLU, before batch normalisation, its maximum over space.</summary>
public sealed class PciExtractor : IFeatureExtractor
{
    private readonly PciNetwork _network;
    private readonly NetworkDescription _description;
    private readonly string _layer;

    private PciExtractor(PciNetwork network, NetworkDescription description, string layer)
    {
        (_network, _description, _layer) = (network, description, layer);
        Kind = $"pci {layer} {NetworkWeights.Hash(network)}";
        Columns = PciNetwork.ChannelsOf(layer);
    }

    /// <inheritdoc />
    public string Kind { get; }

    /// <inheritdoc />
    public int Columns { get; }

    /// <inheritdoc />
    public int BatchSize => 32;

    /// <summary>Loads a trained network.</summary>
    /// <param name="path">A file that training wrote.</param>
    /// <param name="layer">conv1 .. conv5.</param>
    /// <param name="device">Where the network goes.</param>
    /// <exception cref="DatasetException">It is no such file.</exception>
    /// <exception cref="BaselineException">There is no such layer.</exception>
    public static PciExtractor Load(string path, string layer, torch.Device device)
    {
        PciNetwork.ChannelsOf(layer);
        var (file, description) = NetworkFile.Open(path, "pci");
        var network = new PciNetwork();
        NetworkWeights.Load(file, network, "paired cell inpainting");
        network.to(device);
        network.eval();
        return new PciExtractor(network, description, layer);
    }

    /// <inheritdoc />
    public void Require(ImageSet set)
    {
        PciImage.Require(set);
        _description.Require(set);
    }

    /// <inheritdoc />
    public int InputLength(ImageShape shape) => shape.SamplesPerImage;

    /// <inheritdoc />
    public void Prepare(ReadOnlySpan<float> image, ImageShape shape, Span<float> input) => PciImage.Scale(image, shape, input);

    /// <inheritdoc />
    public torch.Tensor Extract(torch.Tensor input, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _network.Activation(input.view(-1, shape.Channels, shape.Height, shape.Width), _layer).amax([2, 3]);
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();
}
