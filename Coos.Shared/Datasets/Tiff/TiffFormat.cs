using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>The format of a TIFF page, as its header states it.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Bits">Bits per sample: 8, 16 or 32.</param>
/// <param name="Kind">Unsigned or signed integers, or floats.</param>
internal sealed record TiffFormat(int Height, int Width, int Bits, SampleFormat Kind)
{
    /// <summary>The name of the sample type, as numpy writes it.</summary>
    public string SampleType =>
        Kind switch
        {
            SampleFormat.IEEEFP => $"float{Bits}",
            SampleFormat.INT => $"int{Bits}",
            _ => $"uint{Bits}",
        };

    /// <summary>Whether samples of this kind can be read.</summary>
    public bool IsSupported => (Kind, Bits) is (SampleFormat.UINT or SampleFormat.INT, 8 or 16) or (SampleFormat.IEEEFP, 32);

    /// <summary>For example <c>64x64 uint16</c>.</summary>
    public override string ToString() => $"{Width}x{Height} {SampleType}";
}
