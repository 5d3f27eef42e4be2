using System.Globalization;

namespace Coos.Shared.Datasets;

/// <summary>The shape of an image set, in the order in which samples lie in memory.</summary>
/// <param name="Count">N, the number of images.</param>
/// <param name="Channels">C, the channels of an image.</param>
/// <param name="Height">H, pixels.</param>
/// <param name="Width">W, pixels.</param>
public readonly record struct ImageShape(int Count, int Channels, int Height, int Width)
{
    /// <summary>More are a garbled header's, and would not fit an array.</summary>
    internal const int MaxSamplesPerImage = 1 << 28;

    /// <summary>H x W.</summary>
    public int PixelsPerChannel => Height * Width;

    /// <summary>C x H x W.</summary>
    public int SamplesPerImage => Channels * PixelsPerChannel;

    /// <summary>For example <c>(192, 2, 64, 64)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Count}, {Channels}, {Height}, {Width})");
}
