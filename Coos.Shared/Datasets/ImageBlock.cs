namespace Coos.Shared.Datasets;

/// <summary>Some consecutive images of a set, decoded.</summary>
/// <param name="first">The index of the first of them.</param>
/// <param name="shape">Their shape; <see cref="ImageShape.Count"/> is their number.</param>
/// <param name="samples">Raw intensities, all finite: image, channel, row, column; one array that the block owns.</param>
public sealed class ImageBlock(int first, ImageShape shape, float[] samples)
{
    /// <summary>The index, within the set, of the first image of the block.</summary>
    public int First => first;

    /// <summary>The number of images in the block.</summary>
    public int Count => shape.Count;

    /// <summary>The shape of the block.</summary>
    public ImageShape Shape => shape;

    /// <summary>All samples: image, channel, row, column.</summary>
    public ReadOnlySpan<float> Samples => samples;

    /// <summary>One image: channel, row, column.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1, within the block.</param>
    public ReadOnlySpan<float> Image(int index) => samples.AsSpan(index * shape.SamplesPerImage, shape.SamplesPerImage);

    /// <summary>One channel of one image: row, column.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1, within the block.</param>
    /// <param name="channel">0 .. C - 1.</param>
    public ReadOnlySpan<float> Channel(int index, int channel) =>
        Image(index).Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
}
