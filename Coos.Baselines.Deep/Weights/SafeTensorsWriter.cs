using System.Buffers.Binary;
using System.Text.Json;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Weights;

/// <summary>Collects tensors and writes them atomically as one safetensors file.</summary>
/// <remarks>Tensors are copied by <see cref="Write"/> and must not change until then.</remarks>
public sealed class SafeTensorsWriter
{
    // The alignment of the reference implementation.
    private const int Alignment = 8;

    private readonly List<(string Name, TensorEntry Entry, Func<byte[]> Content)> _tensors = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal) { ["format"] = "pt" };
    private long _length;

    /// <summary>Adds an entry to the metadata in the header.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The text.</param>
    public void AddMetadata(string key, string text) => _metadata[key] = text;

    /// <summary>Adds a tensor of floats, integers or bytes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">The tensor, on any device.</param>
    public void Add(string name, torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Add(
            name,
            TensorTypes.GetName(tensor.dtype),
            tensor.shape,
            tensor.numel() * tensor.element_size(),
            () =>
            {
                using var scope = torch.NewDisposeScope();
                return tensor.detach().cpu().contiguous().bytes.ToArray();
            }
        );
    }

    /// <summary>Adds raw bytes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="content">The bytes.</param>
    public void Add(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Add(name, "U8", [content.Length], content.Length, () => content);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="DatasetException">It cannot be written.</exception>
    public void Write(string path) =>
        AtomicFile.Write(
            path,
            part =>
            {
                using var stream = AtomicFile.Open(part);

                // The hash is known at the end; until then zeros take its place.
                _metadata[SafeTensorsHash.Key] = new string('0', 2 * SafeTensorsHash.Length);
                WriteHeader(stream);
                using var hash = new SafeTensorsHash(_metadata);
                foreach (var (name, entry, content) in _tensors)
                {
                    var bytes = content();
                    hash.AddTensor(name, entry);
                    hash.AddBytes(bytes);
                    stream.Write(bytes);
                }

                _metadata[SafeTensorsHash.Key] = hash.ToText();
                stream.Position = 0;
                WriteHeader(stream);
            }
        );

    private void WriteHeader(Stream stream)
    {
        var header = CreateHeader();
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
    }

    private void Add(string name, string type, IReadOnlyList<long> shape, long length, Func<byte[]> content)
    {
        _tensors.Add((name, new TensorEntry(type, shape, _length, _length + length), content));
        _length += length;
    }

    private byte[] CreateHeader()
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = _metadata };
        foreach (var (name, entry, _) in _tensors)
        {
            header.Add(
                name,
                new Dictionary<string, object>
                {
                    ["dtype"] = entry.Type,
                    ["shape"] = entry.Shape,
                    ["data_offsets"] = new[] { entry.Begin, entry.End },
                }
            );
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        var padded = new byte[(text.Length + Alignment - 1) / Alignment * Alignment];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        return padded;
    }
}
