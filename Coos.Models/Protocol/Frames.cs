using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Coos.Models.Protocol;

/// <summary>
/// Reads and writes the messages of the pipes between server and runner. To the runner: a request (length, JSON), the model's bytes,
/// then batches (number of images, their samples as 16-bit numbers, image by image, channel by channel, row by row) up to one of no
/// images. From the runner: frames (kind, length, content). Numbers are little-endian; lengths have 32 bits.
/// </summary>
public static class Frames
{
    /// <summary>The maximum size of a message of JSON in bytes. More does not come from a runner that works.</summary>
    public const int MaximumJson = 64 << 10;

    private const int HeaderBytes = 5;

    /// <summary>Writes a request.</summary>
    public static void WriteRequest(Stream stream, RunnerRequest request)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(request, RunnerJson.Default.RunnerRequest);
        WriteNumber(stream, json.Length);
        stream.Write(json);
    }

    /// <summary>Reads a request; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">It is not a request.</exception>
    public static RunnerRequest? ReadRequest(Stream stream)
    {
        Span<byte> header = stackalloc byte[sizeof(int)];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return null;
        }

        return ReadJson(stream, BinaryPrimitives.ReadInt32LittleEndian(header), RunnerJson.Default.RunnerRequest);
    }

    /// <summary>Writes a number.</summary>
    public static void WriteNumber(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    public static int ReadNumber(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Writes a frame.</summary>
    public static void Write(Stream stream, FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], content.Length);
        stream.Write(header);
        stream.Write(content);
        stream.Flush();
    }

    /// <summary>Writes a frame of JSON.</summary>
    public static void WriteJson<T>(Stream stream, FrameKind kind, T content, JsonTypeInfo<T> type) =>
        Write(stream, kind, JsonSerializer.SerializeToUtf8Bytes(content, type));

    /// <summary>Reads the header of a frame.</summary>
    /// <returns>The kind and the size of the content, which follows.</returns>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    /// <exception cref="InvalidDataException">There is no such kind, or the size is negative.</exception>
    public static (FrameKind Kind, int Length) ReadHeader(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        stream.ReadExactly(header);
        var (kind, length) = ((FrameKind)header[0], BinaryPrimitives.ReadInt32LittleEndian(header[1..]));
        return kind is > FrameKind.None and <= FrameKind.Problem && length >= 0
            ? (kind, length)
            : throw new InvalidDataException($"The runner sent a frame of kind {header[0]} with {length} bytes.");
    }

    /// <summary>Reads JSON of a known size.</summary>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    /// <exception cref="InvalidDataException">It is too long, or not the JSON that was expected.</exception>
    public static T ReadJson<T>(Stream stream, int length, JsonTypeInfo<T> type)
    {
        if (length is < 0 or > MaximumJson)
        {
            throw new InvalidDataException($"A message of JSON has {length} bytes; at most {MaximumJson} are allowed.");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("A message is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("A message is not the JSON that was expected.", e);
        }
    }
}
