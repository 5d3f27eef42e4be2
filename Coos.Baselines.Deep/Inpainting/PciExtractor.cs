using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// Features of a trained source encoder: the maximum over space of a convolution's output after ReLU and before batch normalisation.
/// </summary>
public sealed class PciExtractor : IFeatureExtractor
{
    private readonly PciNetwork _network;
    private readonly NetworkDescription _description;
    private readonly string _layer;

    private PciExtractor(PciNetwork network, NetworkDescription description, string layer)
    {
        (_network, _description, _layer) = (network, description, layer);
        Kind = $"pci {layer} {NetworkWeights.Hash(network)}";
        Columns = PciNetwork.GetChannels(layer);
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

    /// <summary>The network.</summary>
    internal PciNetwork Network => _network;

    /// <summary>Rejects an unknown layer.</summary>
    /// <param name="layer">The layer: conv1 .. conv5.</param>
    /// <exception cref="BaselineException">The layer is unknown.</exception>
    public static void RequireLayer(string layer) => PciNetwork.GetChannels(layer);

    /// <summary>Loads a trained network.</summary>
    /// <param name="path">The file of a trained network.</param>
    /// <param name="layer">The layer: conv1 .. conv5.</param>
    /// <param name="device">The device of the network.</param>
    /// <exception cref="DatasetException">The file is not a network of this family, or is damaged.</exception>
    /// <exception cref="BaselineException">The layer is unknown.</exception>
    public static PciExtractor Load(string path, string layer, torch.Device device)
    {
        PciNetwork.GetChannels(layer);
        var (file, description) = NetworkFile.Open(path, "pci");
        return Load(file, "", description, layer, device);
    }

    /// <inheritdoc />
    public void AddTo(SafeTensorsWriter writer, string prefix) => NetworkWeights.Add(writer, _network, prefix);

    internal static PciExtractor Load(
        SafeTensorsFile file,
        string prefix,
        NetworkDescription description,
        string layer,
        torch.Device device
    )
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
