using System.Text.Json;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Deep.Weights;
using Coos.Baselines.Features;
using Coos.Baselines.Models;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Models;

/// <summary>A network with what turns its features into probabilities; DeepLoc end to end gives them itself.</summary>
/// <param name="shape">The training images; those to classify have the same channels and size.</param>
/// <param name="extractor">The network; disposed of with the model.</param>
/// <param name="head">Standardisation and classifier; null where the network gives probabilities.</param>
public sealed class DeepModel(ImageShape shape, IFeatureExtractor extractor, (Standardisation Standardisation, IClassifier Classifier)? head) : IDisposable
{
    private const string MetadataKey = "coos_model";
    private const string NetworkPrefix = "network.";
    private const string HeadName = "classifier";

    // The length of the header comes first, then its brace.
    private const int BraceOffset = 8;

    /// <summary>The network.</summary>
    public IFeatureExtractor Extractor => extractor;

    /// <summary>Whether a file is of this kind, rather than a model of texture.</summary>
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

    /// <summary>Reads a model: what <see cref="Write"/> wrote, or a network of DeepLoc as training wrote it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the network goes.</param>
    /// <exception cref="DatasetException">It is neither, or damaged.</exception>
    public static DeepModel Read(string path, torch.Device device)
    {
        var file = SafeTensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(MetadataKey, out var text))
        {
            return NetworkFile.Describe(file) switch
            {
                { Family: "deeploc" } network => new DeepModel(network.Shape, DeepLocExtractor.Load(file, "", network, probabilities: true, device), null),
                { Family: "pci" } => throw Fault(path, "this network of paired cell inpainting has no classifier; train one with coos baseline run pci --weights FILE --save FILE"),
                _ => throw Fault(path, "this is no trained baseline; train one with coos baseline run --save FILE"),
            };
        }

        try
        {
            var description = JsonSerializer.Deserialize<Description>(text, CoosJson.Options)!;
            return new DeepModel(description.Shape, LoadExtractor(file, description.Extractor, device), ReadHead(file));
        }
        catch (Exception fault) when (fault is JsonException or EndOfStreamException or NullReferenceException)
        {
            throw new DatasetException(path, null, null, "the model is damaged; train it anew with coos baseline run --save", fault);
        }
    }

    /// <summary>Writes the model, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path)
    {
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(MetadataKey, JsonSerializer.Serialize(new Description(shape, extractor.Description), CoosJson.Options));
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

    /// <summary>Refuses images of another shape than the training images.</summary>
    /// <param name="set">The images.</param>
    /// <exception cref="DatasetException">They differ.</exception>
    public void Require(ImageSet set) => TextureModel.Require(set, shape);

    /// <summary>Classifies images by what the network makes of them.</summary>
    /// <param name="features">N x D, as the network gives them.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>N x K probabilities.</returns>
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default) =>
        head is { } trained ? trained.Classifier.Predict(trained.Standardisation.Apply(features), cancellation) : features;

    /// <inheritdoc />
    public void Dispose() => extractor.Dispose();

    private static IFeatureExtractor LoadExtractor(SafeTensorsFile file, ExtractorDescription description, torch.Device device) => description switch
    {
        { Family: "deeploc", Network: { } network } => DeepLocExtractor.Load(file, NetworkPrefix, network, description.Layer is null, device),
        { Family: "pci", Network: { } network, Layer: { } layer } => PciExtractor.Load(file, NetworkPrefix, network, layer, device),
        { Family: "vgg16" or "vgg19", Layer: { } layer } => VggExtractor.Load(
            description.Family == "vgg16" ? VggLayers.Vgg16 : VggLayers.Vgg19, layer, file, NetworkPrefix, description.Preprocessing, device),
        _ => throw Fault(file.Path, $"the model is of another version: it has {description}; train it anew"),
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
