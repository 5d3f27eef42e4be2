using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>A trained DeepLoc network applied to images: FC2 features of the middle crop, or probabilities over five crops.</summary>
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

    private int Crops => _probabilities ? 5 : 1;

    /// <summary>Loads a trained network.</summary>
    /// <param name="path">A file that training wrote.</param>
    /// <param name="probabilities">Class probabilities, rather than FC2 features.</param>
    /// <param name="device">Where the network goes.</param>
    /// <exception cref="DatasetException">It is no such file.</exception>
    public static DeepLocExtractor Load(string path, bool probabilities, torch.Device device)
    {
        var (file, description) = NetworkFile.Open(path, "deeploc");
        return Load(file, "", description, probabilities, device);
    }

    /// <inheritdoc />
    public void AddTo(SafeTensorsWriter writer, string prefix) => NetworkWeights.Add(writer, _network, prefix);

    internal static DeepLocExtractor Load(SafeTensorsFile file, string prefix, NetworkDescription description, bool probabilities, torch.Device device)
    {
        var network = new DeepLocNetwork(description.Channels, description.Classes);
        NetworkWeights.Load(file, network, $"DeepLoc for {description.Channels} channels and {description.Classes} classes", prefix);
        network.to(device);
        return new DeepLocExtractor(network, description, probabilities);
    }

    /// <summary>Refuses images that DeepLoc cannot be trained on.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">They are too small.</exception>
    public static void RequireSize(ImageSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (Math.Min(set.Shape.Height, set.Shape.Width) < DeepLocNetwork.Side)
        {
            throw new DatasetException(set.Source, null, null, $"images of {set.Shape.Height} x {set.Shape.Width} pixels are too small for DeepLoc, which looks at {DeepLocNetwork.Side} x {DeepLocNetwork.Side}");
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
        var views = DeepLocView.Five(shape);
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
