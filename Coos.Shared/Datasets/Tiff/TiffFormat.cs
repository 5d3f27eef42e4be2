using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>What the header of a TIFF page says.</summary>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Bits">8, 16 or 32 bits a sample.</param>
/// <param name="Kind">Unsigned or signed integers, or floats.</param>
internal sealed record TiffFormat(int Height, int Width, int Bits, SampleFormat Kind)
{
    /// <summary>The name of the sample type, as numpy writes it.</summary>
    public string SampleType => Kind switch
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
