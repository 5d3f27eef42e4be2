using System.Security.Cryptography;
using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Models;

/// <summary>Reads and writes trained baselines: a header, the model, and a SHA-256 of both.</summary>
public static class ModelFile
{
    private const string Header = "COOS texture model 2";

    /// <summary>Writes a model atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    public static void Write(string path, TextureModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(Header);
        writer.Write(model.Shape.Count);
        writer.Write(model.Shape.Channels);
        writer.Write(model.Shape.Height);
        writer.Write(model.Shape.Width);
        writer.WriteInts([.. model.Texture.Distances]);
        writer.WriteDoubles(model.Standardisation.Means);
        writer.WriteDoubles(model.Standardisation.Scales);
        writer.WriteClassifier(model.Classifier);
        writer.Flush();
        writer.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        writer.Flush();
        AtomicFile.Write(path, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">The file is missing, not a model, or damaged.</exception>
    public static TextureModel Read(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            var length = content.Length - SHA256.HashSizeInBytes;
            if (length <= 0 || !SHA256.HashData(content.AsSpan(0, length)).AsSpan().SequenceEqual(content.AsSpan(length)))
            {
                throw new DatasetException(
                    path,
                    null,
                    null,
                    "this is not a model file, or it is damaged; train again with coos baseline run --save"
                );
            }

            using var reader = new BinaryReader(new MemoryStream(content));
            return reader.ReadString() == Header
                ? ReadModel(reader)
                : throw new DatasetException(path, null, null, "the model has an unsupported version; train again");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, null, $"the model cannot be read: {fault.Message}", fault);
        }
    }

    private static TextureModel ReadModel(BinaryReader reader) =>
        new(
            ReadShape(reader),
            new TextureOptions { Distances = reader.ReadInts() },
            new Standardisation(reader.ReadDoubles(), reader.ReadDoubles()),
            reader.ReadClassifier()
        );

    private static ImageShape ReadShape(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
}
