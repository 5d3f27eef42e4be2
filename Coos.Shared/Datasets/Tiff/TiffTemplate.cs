using System.Runtime.InteropServices;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>
/// Encodes many images of one size: the files differ only in their samples, so the library writes one file and the samples
/// are put into copies of it. (The library rebuilds its tables of tags and codecs for each file.)
/// </summary>
internal sealed class TiffTemplate
{
    private readonly byte[] _file;
    private readonly int _offset;

    public TiffTemplate(int height, int width)
    {
        // Samples that occur nowhere in a header show where the samples start.
        var samples = new ushort[height * width];
        Array.Fill(samples, (ushort)0xA5C3);
        _file = TiffEncoder.Encode(samples, height, width);
        _offset = _file.AsSpan().IndexOf(MemoryMarshal.AsBytes(samples.AsSpan()));
    }

    /// <summary>Encodes an image.</summary>
    /// <param name="samples">The samples by row and column.</param>
    public byte[] Encode(ReadOnlySpan<ushort> samples)
    {
        var file = (byte[])_file.Clone();
        MemoryMarshal.AsBytes(samples).CopyTo(file.AsSpan(_offset));
        return file;
    }
}
