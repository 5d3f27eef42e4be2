using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>The format of a TIFF page, as its header states it.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Bits">Bits per sample.</param>
/// <param name="Kind">Unsigned or signed integers, or floats.</param>
internal sealed record TiffFormat(int Height, int Width, int Bits, SampleFormat Kind)
{
    /// <summary>The name of the sample type, as numpy writes it.</summary>
    public string SampleType =>
        (Kind, Bits) switch
        {
            (SampleFormat.IEEEFP, _) => $"float{Bits}",
            (SampleFormat.INT, _) => $"int{Bits}",
            (SampleFormat.COMPLEXINT or SampleFormat.COMPLEXIEEEFP, _) => $"complex{Bits}",
            (_, 1) => "bool",
            _ => $"uint{Bits}",
        };

    /// <summary>Whether several samples share a byte, highest bits first.</summary>
    public bool IsPacked => Kind != SampleFormat.IEEEFP && Bits % 8 != 0;

    /// <summary>The bytes of a row of one sample per pixel.</summary>
    /// <param name="width">The number of samples, which is larger than <see cref="Width"/> in a tile.</param>
    public int RowBytes(int width) => ((width * Bits) + 7) / 8;

    /// <summary>Whether samples of this kind can be read.</summary>
    public bool IsSupported =>
        (Kind, Bits) is (SampleFormat.INT, 8 or 16 or 32) or (SampleFormat.IEEEFP, 16 or 32 or 64)
        || (Kind is SampleFormat.UINT or SampleFormat.VOID && Bits is (>= 1 and <= 16) or 32);

    /// <summary>For example <c>64x64 uint16</c>.</summary>
    public override string ToString() => $"{Width}x{Height} {SampleType}";
}
