using System.Text.Json;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Deep.Weights;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Models;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Models;

/// <summary>A network with a classifier of its features; end-to-end DeepLoc computes probabilities itself.</summary>
/// <param name="shape">The shape of the training images; images to classify need the same channels and size.</param>
/// <param name="extractor">The network, disposed with the model.</param>
/// <param name="head">The standardisation and classifier; null if the network computes probabilities.</param>
public sealed class DeepModel(
    ImageShape shape,
    IFeatureExtractor extractor,
    (Standardisation Standardisation, IClassifier Classifier)? head
) : IDisposable
{
    private const string MetadataKey = "coos_model";
    private const string NetworkPrefix = "network.";
    private const string HeadName = "classifier";

    // The brace of the header follows its length.
    private const int BraceOffset = 8;

    /// <summary>The network.</summary>
    public IFeatureExtractor Extractor => extractor;

    /// <summary>The shape of the training images.</summary>
    internal ImageShape Shape => shape;

    /// <summary>K, the number of classes.</summary>
    internal int Classes =>
        head?.Classifier switch
        {
            LinearClassifier linear => linear.Weights.Rows,
            NearestNeighbours nearest => nearest.Training.Classes,
            RandomForest forest => forest.Classes,
            _ => extractor.Columns,
        };

    /// <summary>The standardisation and classifier; null if the network computes probabilities.</summary>
    internal (Standardisation Standardisation, IClassifier Classifier)? Head => head;

    /// <summary>Whether a file is a deep model and not a texture model.</summary>
    /// <param name="path">The file.</param>
    public static bool IsDeep(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> brace = stackalloc byte[1];
            return RandomAccess.Read(file, brace, BraceOffset) == 1 && brace[0] == '{';
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, null, $"the model cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads a model written by <see cref="Write"/>, or a trained DeepLoc network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">The device of the network.</param>
    /// <exception cref="DatasetException">The file is neither, or damaged.</exception>
    public static DeepModel Read(string path, torch.Device device)
    {
        var file = SafeTensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(MetadataKey, out var text))
        {
            return NetworkFile.Describe(file) switch
            {
                { Family: "deeploc" } network => new DeepModel(
                    network.Shape,
                    DeepLocExtractor.Load(file, "", network, probabilities: true, device),
                    null
                ),
                { Family: "pci" } => throw Fault(
                    path,
                    "this paired cell inpainting network has no classifier; "
                        + "train one with coos baseline run pci --weights FILE --save FILE"
                ),
                _ => throw Fault(path, "this is not a trained baseline; train one with coos baseline run --save FILE"),
            };
        }

        try
        {
            var description = JsonSerializer.Deserialize<Description>(text, CoosJson.Options)!;
            return new DeepModel(description.Shape, LoadExtractor(file, description.Extractor, device), ReadHead(file));
        }
        catch (Exception fault) when (fault is JsonException or EndOfStreamException or NullReferenceException)
        {
            throw new DatasetException(path, null, null, "the model is damaged; train it again with coos baseline run --save", fault);
        }
    }

    /// <summary>Writes the model atomically.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path)
    {
        var writer = new SafeTensorsWriter();
        var description = new Description(shape, extractor.Description);
        writer.AddMetadata(MetadataKey, JsonSerializer.Serialize(description, CoosJson.Options));
        extractor.AddTo(writer, NetworkPrefix);
        if (head is { } trained)
        {
            using var content = new MemoryStream();
            using var binary = new BinaryWriter(content);
            binary.WriteDoubles(trained.Standardisation.Means);
            binary.WriteDoubles(trained.Standardisation.Scales);
            binary.WriteClassifier(trained.Classifier);
            binary.Flush();
            writer.Add(HeadName, content.ToArray());
        }

        writer.Write(path);
    }

    /// <summary>Rejects images whose shape differs from the training images.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">The shape differs.</exception>
    public void Require(ImageSet set) => TextureModel.Require(set, shape);

    /// <summary>Classifies images by their features.</summary>
    /// <param name="features">The output of the network, N x D.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>Probabilities, N x K.</returns>
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default) =>
        head is { } trained ? trained.Classifier.Predict(trained.Standardisation.Apply(features), cancellation) : features;

    /// <inheritdoc />
    public void Dispose() => extractor.Dispose();

    private static IFeatureExtractor LoadExtractor(SafeTensorsFile file, ExtractorDescription description, torch.Device device) =>
        description switch
        {
            { Family: "deeploc", Network: { } network } => DeepLocExtractor.Load(
                file,
                NetworkPrefix,
                network,
                description.Layer is null,
                device
            ),
            { Family: "pci", Network: { } network, Layer: { } layer } => PciExtractor.Load(file, NetworkPrefix, network, layer, device),
            { Family: "vgg16", Layer: { } layer } => VggExtractor.Load(
                VggLayers.Vgg16,
                layer,
                file,
                NetworkPrefix,
                description.Preprocessing,
                device
            ),
            { Family: "vgg19", Layer: { } layer } => VggExtractor.Load(
                VggLayers.Vgg19,
                layer,
                file,
                NetworkPrefix,
                description.Preprocessing,
                device
            ),
            _ => throw Fault(file.Path, $"the model has an unsupported version: {description}; train it again"),
        };

    private static (Standardisation, IClassifier)? ReadHead(SafeTensorsFile file)
    {
        if (!file.Entries.TryGetValue(HeadName, out var entry))
        {
            return null;
        }

        var content = new byte[entry.Length];
        file.Read(HeadName, content);
        using var reader = new BinaryReader(new MemoryStream(content));
        return (new Standardisation(reader.ReadDoubles(), reader.ReadDoubles()), reader.ReadClassifier());
    }

    private static DatasetException Fault(string path, string problem) => new(path, null, null, problem);

    private sealed record Description(ImageShape Shape, ExtractorDescription Extractor);
}
