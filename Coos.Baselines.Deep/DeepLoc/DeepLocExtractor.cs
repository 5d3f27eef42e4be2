using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>Applies a trained DeepLoc network: FC2 features of the central crop, or mean probabilities of five crops.</summary>
public sealed class DeepLocExtractor : IFeatureExtractor
{
    /// <summary>The layer whose 512 outputs are features: the second fully connected one.</summary>
    public const string FeatureLayer = "fc2";

    private readonly DeepLocNetwork _network;
    private readonly NetworkDescription _description;
    private readonly bool _probabilities;
    private readonly string _hash;

    internal DeepLocExtractor(DeepLocNetwork network, NetworkDescription description, bool probabilities)
    {
        (_network, _description, _probabilities) = (network, description, probabilities);
        _hash = NetworkWeights.Hash(network);
        network.eval();
    }

    /// <inheritdoc />
    public string Kind => $"deeploc {(_probabilities ? "probabilities" : FeatureLayer)} {_hash}";

    /// <inheritdoc />
    public int Columns => _probabilities ? _description.Classes : DeepLocNetwork.Hidden;

    /// <inheritdoc />
    public int BatchSize => 32;

    /// <inheritdoc />
    public string? Layer => _probabilities ? null : FeatureLayer;

    /// <inheritdoc />
    public ExtractorDescription Description => new("deeploc", Layer, null, _description);

    /// <summary>The network.</summary>
    internal DeepLocNetwork Network => _network;

    private int Crops => _probabilities ? 5 : 1;

    /// <summary>Loads a trained network.</summary>
    /// <param name="path">The file of a trained network.</param>
    /// <param name="probabilities">Class probabilities instead of FC2 features.</param>
    /// <param name="device">The device of the network.</param>
    /// <exception cref="DatasetException">The file is not a network of this family, or is damaged.</exception>
    public static DeepLocExtractor Load(string path, bool probabilities, torch.Device device)
    {
        var (file, description) = NetworkFile.Open(path, "deeploc");
        return Load(file, "", description, probabilities, device);
    }

    /// <inheritdoc />
    public void AddTo(SafeTensorsWriter writer, string prefix) => NetworkWeights.Add(writer, _network, prefix);

    internal static DeepLocExtractor Load(
        SafeTensorsFile file,
        string prefix,
        NetworkDescription description,
        bool probabilities,
        torch.Device device
    )
    {
        var network = new DeepLocNetwork(description.Channels, description.Classes);
        var name = $"DeepLoc for {description.Channels} channels and {description.Classes} classes";
        NetworkWeights.Load(file, network, name, prefix);
        network.to(device);
        return new DeepLocExtractor(network, description, probabilities);
    }

    /// <summary>Rejects images that are too small for DeepLoc.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">The images are too small.</exception>
    public static void RequireSize(ImageSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (Math.Min(set.Shape.Height, set.Shape.Width) < DeepLocNetwork.Side)
        {
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"images of {set.Shape.Height} x {set.Shape.Width} pixels are too small for DeepLoc, "
                    + $"which needs {DeepLocNetwork.Side} x {DeepLocNetwork.Side}"
            );
        }
    }

    /// <inheritdoc />
    public void Require(ImageSet set) => _description.Require(set);

    /// <inheritdoc />
    public int InputLength(ImageShape shape) => Crops * CropLength(shape);

    /// <inheritdoc />
    public void Prepare(ReadOnlySpan<float> image, ImageShape shape, Span<float> input)
    {
        var scaled = new float[shape.SamplesPerImage];
        DeepLocImage.Scale(image, shape, scaled);
        var views = DeepLocView.ForTest(shape);
        for (var i = 0; i < Crops; i++)
        {
            DeepLocImage.Crop(scaled, shape, views[i], input.Slice(i * CropLength(shape), CropLength(shape)));
        }
    }

    /// <inheritdoc />
    public torch.Tensor Extract(torch.Tensor input, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(input);
        var crops = input.view(-1, shape.Channels, DeepLocNetwork.Side, DeepLocNetwork.Side);
        return _probabilities
            ? torch.nn.functional.softmax(_network.forward(crops), 1).view(-1, Crops, Columns).mean([1])
            : _network.Features(crops);
    }

    /// <inheritdoc />
    public void Dispose() => _network.Dispose();

    private static int CropLength(ImageShape shape) => shape.Channels * DeepLocNetwork.Side * DeepLocNetwork.Side;
}
