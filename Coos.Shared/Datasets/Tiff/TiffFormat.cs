using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>The format of a TIFF page, as its header states it.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Bits">Bits per sample.</param>
/// <param name="Kind">Unsigned or signed integers, or floats.</param>
internal sealed record TiffFormat(int Height, int Width, int Bits, SampleFormat Kind)
{
    /// <summary>The name of the sample type, as numpy writes it: the smallest that holds the bits.</summary>
    public string SampleType =>
        (Kind, Bits) switch
        {
            (SampleFormat.UINT or SampleFormat.VOID, 1) => "bool",
            (SampleFormat.UINT or SampleFormat.VOID, < 8) => "uint8",
            (SampleFormat.UINT or SampleFormat.VOID, > 8 and < 16) => "uint16",
            _ => ExactType,
        };

    private string ExactType =>
        Kind switch
        {
            SampleFormat.IEEEFP => $"float{Bits}",
            SampleFormat.INT => $"int{Bits}",
            SampleFormat.COMPLEXINT or SampleFormat.COMPLEXIEEEFP => $"complex{Bits}",
            _ => $"uint{Bits}",
        };

    /// <summary>The bytes of a row of one sample per pixel.</summary>
    /// <param name="width">The number of samples, which is larger than <see cref="Width"/> in a tile.</param>
    public int RowBytes(int width) => ((width * Bits) + 7) / 8;

    /// <summary>Whether samples of this kind can be read.</summary>
    public bool IsSupported =>
        (Kind, Bits) is (SampleFormat.INT, 8 or 16 or 32) or (SampleFormat.IEEEFP, 16 or 32 or 64)
        || (Kind is SampleFormat.UINT or SampleFormat.VOID && Bits is (>= 1 and <= 16) or 32);

    /// <summary>For example <c>64x64 uint16</c>.</summary>
    public override string ToString() => $"{Width}x{Height} {ExactType}";
}
