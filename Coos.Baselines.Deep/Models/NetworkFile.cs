using System.Text.Json;
using Coos.Baselines.Deep.Weights;
using Coos.Shared;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Models;

/// <summary>Trained networks as safetensors files, with PyTorch's names of tensors, so that Python loads them too.</summary>
internal static class NetworkFile
{
    /// <summary>Writes a network, whole or not at all.</summary>
    public static void Write(string path, NetworkDescription description, torch.nn.Module network)
    {
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(NetworkDescription.MetadataKey, JsonSerializer.Serialize(description, CoosJson.Options));
        NetworkWeights.Add(writer, network);
        writer.Write(path);
    }

    /// <summary>Reads what a file says of its network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="family">What is wanted: deeploc or pci.</param>
    /// <exception cref="DatasetException">It holds no network that COOS trained, or one of another family.</exception>
    public static (SafeTensorsFile File, NetworkDescription Description) Open(string path, string family)
    {
        var file = SafeTensorsFile.Open(path);
        var description = Describe(file)
            ?? throw new DatasetException(path, null, null, $"this is no network that coos baseline run {family} wrote: its header has no {NetworkDescription.MetadataKey}");
        return description.Family == family
            ? (file, description)
            : throw new DatasetException(path, null, null, $"this is a network of {description.Family}; a network of {family} is wanted");
    }

    /// <summary>What a file says of its network; null where it says nothing.</summary>
    public static NetworkDescription? Describe(SafeTensorsFile file)
    {
        try
        {
            return file.Metadata.TryGetValue(NetworkDescription.MetadataKey, out var text) ? JsonSerializer.Deserialize<NetworkDescription>(text, CoosJson.Options) : null;
        }
        catch (JsonException fault)
        {
            throw new DatasetException(file.Path, null, null, $"the description of the network is damaged: {fault.Message}", fault);
        }
    }
}
