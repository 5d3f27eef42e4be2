using System.Globalization;
using System.Text.RegularExpressions;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Weights;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Vgg;

/// <summary>
/// Features of a VGG network trained on ImageNet (Pawlowski et al. 2016): the input is the first channel as an 8-bit grey image; the
/// features are the maximum over space of each channel of one convolution after ReLU.
/// </summary>
public sealed partial class VggExtractor : IFeatureExtractor
{
    private const int Colours = 3;

    private readonly VggNetwork _network;
    private readonly VggLayer _layer;
    private readonly VggLayers _layers;
    private readonly VggPreprocessing _preprocessing;

    private VggExtractor(VggLayers layers, VggLayer layer, VggPreprocessing preprocessing, VggNetwork network, string hash)
    {
        (_layers, _layer, _preprocessing, _network) = (layers, layer, preprocessing, network);
        Kind = $"{layers.Name} {layer.Name} {preprocessing.Name} {hash}";
    }

    /// <inheritdoc />
    public string Kind { get; }

    /// <inheritdoc />
    public int Columns => _layer.Channels;

    /// <inheritdoc />
    public int BatchSize => 32;

    /// <inheritdoc />
    public string? Layer => _layer.Name;

    /// <inheritdoc />
    public ExtractorDescription Description => new(_layers.Name.ToLowerInvariant(), _layer.Name, _preprocessing.Name);

    /// <summary>The network.</summary>
    internal VggNetwork Network => _network;

    /// <summary>The layers of the network.</summary>
    internal VggLayers Layers => _layers;

    /// <summary>The preprocessing of the network's weights.</summary>
    internal VggPreprocessing Preprocessing => _preprocessing;

    /// <summary>Loads a network from a file of weights.</summary>
    /// <param name="layers">The layers of the network.</param>
    /// <param name="layerName">The layer, for example <c>conv3_3</c>.</param>
    /// <param name="weights">A safetensors file with torchvision's names; later layers may be missing.</param>
    /// <param name="preprocessing">caffe or torchvision; null to use that of the file's header, or torchvision.</param>
    /// <param name="device">The device of the network.</param>
    /// <exception cref="BaselineException">The layer or preprocessing is unknown, or libtorch cannot be loaded.</exception>
    /// <exception cref="DatasetException">The file cannot be read, lacks weights, or belongs to another network.</exception>
    public static VggExtractor Load(VggLayers layers, string layerName, string weights, string? preprocessing, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(layers);
        layers.Find(layerName);
        var file = SafeTensorsFile.Open(weights);
        RejectOtherNetwork(layers, file);
        return Load(layers, layerName, file, "", preprocessing, device);
    }

    /// <inheritdoc />
    public void AddTo(SafeTensorsWriter writer, string prefix) => NetworkWeights.Add(writer, _network, prefix);

    internal static VggExtractor Load(
        VggLayers layers,
        string layerName,
        SafeTensorsFile file,
        string prefix,
        string? preprocessing,
        torch.Device device
    )
    {
        var chosen = ChoosePreprocessing(preprocessing, file);
        TorchRuntime.Require();
        var network = new VggNetwork(layers, layerName);
        NetworkWeights.Load(file, network, $"{layers.Name} up to {layerName}", prefix);
        network.to(device);
        network.eval();
        return new VggExtractor(layers, layers.Find(layerName), chosen, network, NetworkWeights.Hash(network));
    }

    /// <inheritdoc />
    public void Require(ImageSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var minimum = 1 << (int.Parse(_layer.Name.AsSpan(4, 1), CultureInfo.InvariantCulture) - 1);
        if (Math.Min(set.Shape.Height, set.Shape.Width) < minimum)
        {
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"images of {set.Shape.Height} x {set.Shape.Width} pixels are too small for {_layers.Name} {_layer.Name}; "
                    + $"the minimum is {minimum} x {minimum}"
            );
        }
    }

    /// <inheritdoc />
    public int InputLength(ImageShape shape) => Colours * shape.PixelsPerChannel;

    /// <inheritdoc />
    public void Prepare(ReadOnlySpan<float> image, ImageShape shape, Span<float> input)
    {
        Span<byte> grey = new byte[shape.PixelsPerChannel];
        GreyLevels.Quantise(image[..shape.PixelsPerChannel], grey);
        _preprocessing.Apply(grey, input);
    }

    /// <inheritdoc />
    public torch.Tensor Extract(torch.Tensor input, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _network.forward(input.view(-1, Colours, shape.Height, shape.Width)).amax([2, 3]);
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    /// <summary>Rejects weights of the other network, although VGG16 and VGG19 share the first seven convolutions.</summary>
    private static void RejectOtherNetwork(VggLayers layers, SafeTensorsFile file)
    {
        var known = layers.Convolutions.Select(c => $"features.{c.Index}.weight").ToHashSet(StringComparer.Ordinal);
        if (file.Entries.Keys.FirstOrDefault(name => Convolution().IsMatch(name) && !known.Contains(name)) is { } unknown)
        {
            var other = layers == VggLayers.Vgg16 ? VggLayers.Vgg19 : VggLayers.Vgg16;
            var hint = other.Convolutions.Any(c => $"features.{c.Index}.weight" == unknown) ? $"; {other.Name} has it" : "";
            throw new DatasetException(file.Path, null, null, $"these are not weights for {layers.Name}, which has no {unknown}{hint}");
        }
    }

    private static VggPreprocessing ChoosePreprocessing(string? requested, SafeTensorsFile file)
    {
        if (requested is not null)
        {
            return VggPreprocessing.Find(requested)
                ?? throw new BaselineException($"unknown preprocessing {requested}; choose caffe or torchvision");
        }

        return file.Metadata.TryGetValue("preprocessing", out var name)
            ? VggPreprocessing.Find(name)
                ?? throw new BaselineException(
                    $"{file.Path} requires the preprocessing {name}, which is neither caffe nor torchvision; choose one of them"
                )
            : VggPreprocessing.Torchvision;
    }

    [GeneratedRegex(@"^features\.\d+\.weight$")]
    private static partial Regex Convolution();
}
