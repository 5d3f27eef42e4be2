using System.Globalization;

namespace Coos.Shared.Datasets;

/// <summary>The shape of an image set, in the order in which samples lie in memory.</summary>
/// <param name="Count">N, the number of images.</param>
/// <param name="Channels">C, the number of channels.</param>
/// <param name="Height">H, in pixels.</param>
/// <param name="Width">W, in pixels.</param>
public readonly record struct ImageShape(int Count, int Channels, int Height, int Width)
{
    /// <summary>The maximum of C x H x W: a larger value comes from a garbled header and would not fit an array.</summary>
    internal const int MaxSamplesPerImage = 1 << 28;

    /// <summary>H x W.</summary>
    public int PixelsPerChannel => Height * Width;

    /// <summary>C x H x W.</summary>
    public int SamplesPerImage => Channels * PixelsPerChannel;

    /// <summary>For example <c>(192, 2, 64, 64)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Count}, {Channels}, {Height}, {Width})");
}
