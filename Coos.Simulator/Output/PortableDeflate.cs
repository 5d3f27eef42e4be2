using System.IO.Compression;
using ICSharpCode.SharpZipLib.Zip.Compression;
using PureHDF.Filters;

namespace Coos.Simulator.Output;

/// <summary>
/// HDF5's deflate filter in managed code. The library's own filter uses the platform's zlib, whose output differs between
/// processors and versions. The output of this filter depends only on its input, so the same seed gives the same file.
/// </summary>
internal sealed class PortableDeflate : IH5Filter
{
    /// <summary>A fast level: noise does not compress further at higher levels.</summary>
    private const int Level = 3;

    /// <inheritdoc />
    public ushort FilterId => DeflateFilter.Id;

    /// <inheritdoc />
    public string Name => "deflate";

    /// <summary>Registers this filter for all datasets written or read from now on; any reader can decompress its output.</summary>
    public static void Register() => H5Filter.Register(new PortableDeflate());

    /// <inheritdoc />
    public Memory<byte> Filter(FilterInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Flags.HasFlag(H5FilterFlags.Decompress) ? Decompress(info) : Compress(info.Buffer);
    }

    /// <inheritdoc />
    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => [Level];

    private static byte[] Compress(Memory<byte> buffer)
    {
        var deflater = new Deflater(Level);
        deflater.SetInput(buffer.ToArray());
        deflater.Finish();

        // Deflate stores what it cannot compress with at most 5 extra bytes per 16 KB, and the header.
        var output = new byte[buffer.Length + (buffer.Length / 1000) + 64];
        var length = 0;
        while (!deflater.IsFinished)
        {
            length += deflater.Deflate(output, length, output.Length - length);
        }

        return output[..length];
    }

    private static byte[] Decompress(FilterInfo info)
    {
        using var inflater = new ZLibStream(new MemoryStream(info.Buffer.ToArray(), writable: false), CompressionMode.Decompress);
        using var output = new MemoryStream(Math.Max(info.ChunkSize, info.Buffer.Length));
        inflater.CopyTo(output);
        return output.ToArray();
    }
}
