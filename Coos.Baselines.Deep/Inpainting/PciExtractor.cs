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

    /// <inheritdoc />
    public string? Layer => _layer;

    /// <inheritdoc />
    public ExtractorDescription Description => new("pci", _layer, null, _description);

    /// <summary>Refuses a layer that there is not.</summary>
    /// <param name="layer">conv1 .. conv5.</param>
    /// <exception cref="BaselineException">There is no such layer.</exception>
    public static void RequireLayer(string layer) => PciNetwork.ChannelsOf(layer);

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
        return Load(file, "", description, layer, device);
    }

    /// <inheritdoc />
    public void AddTo(SafeTensorsWriter writer, string prefix) => NetworkWeights.Add(writer, _network, prefix);

    internal static PciExtractor Load(SafeTensorsFile file, string prefix, NetworkDescription description, string layer, torch.Device device)
    {
        var network = new PciNetwork();
        NetworkWeights.Load(file, network, "paired cell inpainting", prefix);
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
