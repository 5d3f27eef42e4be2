using System.Text.Json;
using Coos.Baselines.Deep.Weights;
using Coos.Shared;
using Coos.Shared.Datasets;
using Coos.Shared.Text;
using TorchSharp;

namespace Coos.Baselines.Deep.Models;

/// <summary>Reads and writes trained networks as safetensors files with PyTorch's tensor names, so that Python can load them.</summary>
internal static class NetworkFile
{
    /// <summary>Writes a network atomically.</summary>
    public static void Write(string path, NetworkDescription description, torch.nn.Module network)
    {
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(NetworkDescription.MetadataKey, JsonSerializer.Serialize(description, CoosJson.Options));
        NetworkWeights.Add(writer, network);
        writer.Write(path);
    }

    /// <summary>Opens a file and reads the description of its network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="family">The expected family: deeploc or pci.</param>
    /// <exception cref="DatasetException">The file is not a network trained by COOS, or belongs to another family.</exception>
    public static (SafeTensorsFile File, NetworkDescription Description) Open(string path, string family)
    {
        var file = SafeTensorsFile.Open(path);
        var description =
            Describe(file)
            ?? throw new DatasetException(
                path,
                null,
                null,
                $"this is not a network written by coos baseline run {family}: its header has no {NetworkDescription.MetadataKey}"
            );
        return description.Family == family
            ? (file, description)
            : throw new DatasetException(path, null, null, $"this is a {description.Family} network; expected a {family} network");
    }

    /// <summary>Reads the description of a file's network; null if there is none.</summary>
    public static NetworkDescription? Describe(SafeTensorsFile file)
    {
        try
        {
            return file.Metadata.TryGetValue(NetworkDescription.MetadataKey, out var text)
                ? JsonSerializer.Deserialize<NetworkDescription>(text, CoosJson.Options)
                : null;
        }
        catch (JsonException fault)
        {
            throw new DatasetException(
                file.Path,
                null,
                null,
                $"the description of the network is damaged: {JsonFault.Reason(fault)}",
                fault
            );
        }
    }
}
