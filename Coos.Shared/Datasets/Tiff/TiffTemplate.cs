using System.Runtime.InteropServices;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>
/// Encodes many images of one size: all files are the same but for their samples, so the library makes one and the samples
/// are put into copies of it. (The library builds its tables of tags and codecs anew for each file.)
/// </summary>
internal sealed class TiffTemplate
{
    private readonly byte[] _file;
    private readonly int _offset;

    public TiffTemplate(int height, int width)
    {
        // Samples that occur nowhere in a header tell where samples lie.
        var samples = new ushort[height * width];
        Array.Fill(samples, (ushort)0xA5C3);
        _file = TiffEncoder.Encode(samples, height, width);
        _offset = _file.AsSpan().IndexOf(MemoryMarshal.AsBytes(samples.AsSpan()));
    }

    /// <summary>Encodes an image.</summary>
    /// <param name="samples">Row, column.</param>
    public byte[] Encode(ReadOnlySpan<ushort> samples)
    {
        var file = (byte[])_file.Clone();
        MemoryMarshal.AsBytes(samples).CopyTo(file.AsSpan(_offset));
        return file;
    }
}
