using PureHDF.Filters;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// Decompresses lzf, the fast filter that h5py brings. Format: LibLZF's, http://oldhome.schmorp.de/marc/liblzf.html: a control
/// byte below 32 precedes that many literal bytes plus one; otherwise its upper three bits are a length and the rest a distance.
/// </summary>
internal sealed class LzfFilter : IH5Filter
{
    private const int MaximumLiterals = 32;
    private const int LongLength = 7;

    public ushort FilterId => 32000;

    public string Name => "lzf";

    public Memory<byte> Filter(FilterInfo info) =>
        info.Flags.HasFlag(H5FilterFlags.Decompress)
            ? Decompress(info.Buffer.Span, info.ChunkSize)
            : throw new NotSupportedException("lzf is only read");

    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
        throw new NotSupportedException("lzf is only read");

    /// <summary>Decompresses a chunk.</summary>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="length">The number of bytes of the chunk.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    internal static byte[] Decompress(ReadOnlySpan<byte> source, int length)
    {
        var target = new byte[length];
        var (read, written) = (0, 0);
        while (read < source.Length)
        {
            var control = source[read++];
            if (control < MaximumLiterals)
            {
                var literals = control + 1;
                Require(literals <= source.Length - read && literals <= length - written);
                source.Slice(read, literals).CopyTo(target.AsSpan(written));
                read += literals;
                written += literals;
                continue;
            }

            var count = control >> 5;
            Require(read + (count == LongLength ? 1 : 0) < source.Length);
            count += count == LongLength ? source[read++] : 0;
            var start = written - (((control & 31) << 8) | source[read++]) - 1;
            count += 2;
            Require(start >= 0 && count <= length - written);

            // Byte by byte: the copied part may overlap what is written, and then repeats itself.
            for (var i = 0; i < count; i++)
            {
                target[written++] = target[start + i];
            }
        }

        Require(written == length);
        return target;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("a chunk compressed with lzf is damaged");
        }
    }
}
