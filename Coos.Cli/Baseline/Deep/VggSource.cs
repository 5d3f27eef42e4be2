using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Vgg;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>A VGG network with weights provided by the user.</summary>
internal sealed class VggSource(VggLayers layers, string layer, string weights, string? preprocessing) : INetworkSource
{
    private VggExtractor? _extractor;

    /// <inheritdoc />
    public string Title => $"{layers.Name} {char.ToUpperInvariant(layer[0])}{layer[1..]}";

    /// <inheritdoc />
    public string Description =>
        $"Maximum over space of {layers.Name}'s {layer}, trained on ImageNet, on the first channel at 8 bits."
        + (layers == VggLayers.Vgg19 ? " VGG19 is used in place of the paper's VGG16." : "");

    /// <inheritdoc />
    public object Options =>
        new
        {
            Network = layers.Name,
            Layer = layer,
            Weights = Path.GetFileName(weights),
            Features = _extractor?.Kind,
        };

    /// <inheritdoc />
    public IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation) =>
        _extractor = VggExtractor.Load(layers, layer, weights, preprocessing, device);
}
