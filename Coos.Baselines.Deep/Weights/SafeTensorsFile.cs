using System.Buffers.Binary;
using System.Text.Json;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Weights;

/// <summary>A file of named tensors, which are read on demand.</summary>
/// <remarks>
/// Format: https://huggingface.co/docs/safetensors. The length of the header (8 bytes), the header as JSON, the bytes of the tensors.
/// </remarks>
public sealed class SafeTensorsFile
{
    private const string MetadataKey = "__metadata__";

    // The limit of the reference implementation.
    private const long MaxHeaderLength = 100_000_000;

    private readonly Dictionary<string, TensorEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly long _dataStart;

    private SafeTensorsFile(string path, JsonElement header, long dataStart, long fileLength)
    {
        Path = path;
        _dataStart = dataStart;
        foreach (var item in header.EnumerateObject())
        {
            if (item.NameEquals(MetadataKey))
            {
                foreach (var pair in item.Value.EnumerateObject())
                {
                    _metadata[pair.Name] = pair.Value.GetString() ?? "";
                }

                continue;
            }

            var offsets = item.Value.GetProperty("data_offsets");
            var entry = new TensorEntry(
                item.Value.GetProperty("dtype").GetString() ?? "",
                [.. item.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())],
                offsets[0].GetInt64(),
                offsets[1].GetInt64()
            );
            if (!entry.IsConsistent || entry.End > fileLength - dataStart)
            {
                throw Fault(
                    path,
                    $"tensor {item.Name} is {entry.Description} but is at bytes {entry.Begin} to {entry.End} of "
                        + $"{fileLength - dataStart}; the file is truncated or damaged"
                );
            }

            _entries[item.Name] = entry;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => _entries;

    /// <summary>The metadata of the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">The file is missing, not a safetensors file, or truncated.</exception>
    public static SafeTensorsFile Open(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> length = stackalloc byte[sizeof(long)];
            var read = stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
            var header = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (read < length.Length || header <= 1 || header > Math.Min(MaxHeaderLength, stream.Length - length.Length))
            {
                throw Fault(path, "this is not a safetensors file");
            }

            var text = new byte[header];
            stream.ReadExactly(text);
            using var document = JsonDocument.Parse(text);
            var file = new SafeTensorsFile(path, document.RootElement, length.Length + header, stream.Length);
            file.VerifyHash(stream);
            return file;
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException
            )
        {
            throw Fault(path, $"this is not a safetensors file: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, $"the weights cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Reads the bytes of a tensor: little-endian, in row-major order.</summary>
    /// <param name="name">A name of <see cref="Entries"/>.</param>
    /// <param name="content">Receives the bytes; has the length of the tensor.</param>
    /// <exception cref="DatasetException">The file cannot be read.</exception>
    public void Read(string name, Span<byte> content)
    {
        var entry = _entries[name];
        ArgumentOutOfRangeException.ThrowIfNotEqual(content.Length, entry.Length);
        try
        {
            using var file = File.OpenHandle(Path);
            var done = 0;
            while (done < content.Length)
            {
                var read = RandomAccess.Read(file, content[done..], _dataStart + entry.Begin + done);
                done += read > 0 ? read : throw Fault(Path, $"the file ends within tensor {name}");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(Path, $"tensor {name} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Compares the content with the hash written by COOS; files from other programs have none.</summary>
    private void VerifyHash(Stream stream)
    {
        if (!_metadata.TryGetValue(SafeTensorsHash.Key, out var expected))
        {
            return;
        }

        using var hash = new SafeTensorsHash(_metadata);
        var buffer = new byte[1 << 20];
        foreach (var (name, entry) in _entries.OrderBy(e => e.Value.Begin))
        {
            hash.AddTensor(name, entry);
            stream.Position = _dataStart + entry.Begin;
            var left = entry.Length;
            while (left > 0)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
                stream.ReadExactly(part);
                hash.AddBytes(part);
                left -= part.Length;
            }
        }

        if (hash.ToText() != expected)
        {
            throw Fault(
                Path,
                "the file is damaged: its content differs from what was written; copy it again, or delete it and train again"
            );
        }
    }

    private static DatasetException Fault(string path, string problem, Exception? cause = null) => new(path, null, null, problem, cause);
}
