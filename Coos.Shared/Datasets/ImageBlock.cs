namespace Coos.Shared.Datasets;

/// <summary>Consecutive images of a set, decoded.</summary>
/// <param name="first">The index of the first image within the set.</param>
/// <param name="shape">The shape of the block; <see cref="ImageShape.Count"/> is the number of images.</param>
/// <param name="samples">Raw finite intensities by image, channel, row and column, in an array that the block owns.</param>
public sealed class ImageBlock(int first, ImageShape shape, float[] samples)
{
    /// <summary>The index, within the set, of the first image of the block.</summary>
    public int First => first;

    /// <summary>The number of images in the block.</summary>
    public int Count => shape.Count;

    /// <summary>The shape of the block.</summary>
    public ImageShape Shape => shape;

    /// <summary>All samples by image, channel, row and column.</summary>
    public ReadOnlySpan<float> Samples => samples;

    /// <summary>The samples of one image by channel, row and column.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1, within the block.</param>
    public ReadOnlySpan<float> Image(int index) => samples.AsSpan(index * shape.SamplesPerImage, shape.SamplesPerImage);

    /// <summary>The samples of one channel of one image by row and column.</summary>
    /// <param name="index">0 .. <see cref="Count"/> - 1, within the block.</param>
    /// <param name="channel">0 .. C - 1.</param>
    public ReadOnlySpan<float> Channel(int index, int channel) =>
        Image(index).Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
}
