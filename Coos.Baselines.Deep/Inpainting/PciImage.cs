using System.Numerics.Tensors;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>Prepares images for paired cell inpainting.</summary>
internal static class PciImage
{
    /// <summary>Scales each channel from its minimum and maximum to 0 .. 1; a constant channel becomes 0.</summary>
    /// <param name="image">Samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="scaled">Receives C x H x W values.</param>
    public static void Scale(ReadOnlySpan<float> image, ImageShape shape, Span<float> scaled)
    {
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var from = image.Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
            var to = scaled.Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
            var minimum = TensorPrimitives.Min(from);
            var range = TensorPrimitives.Max(from) - minimum;
            TensorPrimitives.Subtract(from, minimum, to);
            TensorPrimitives.Divide(to, range > 0 ? range : 1, to);
        }
    }

    /// <summary>Copies an image with flips.</summary>
    /// <param name="image">Samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="flipRows">Whether to flip it upside down.</param>
    /// <param name="flipColumns">Whether to exchange left and right.</param>
    /// <param name="flipped">Receives C x H x W values.</param>
    public static void Flip(ReadOnlySpan<float> image, ImageShape shape, bool flipRows, bool flipColumns, Span<float> flipped)
    {
        for (var line = 0; line < shape.Channels * shape.Height; line++)
        {
            var row = line % shape.Height;
            var from = flipRows ? line - row + (shape.Height - 1 - row) : line;
            var to = flipped.Slice(line * shape.Width, shape.Width);
            image.Slice(from * shape.Width, shape.Width).CopyTo(to);
            if (flipColumns)
            {
                to.Reverse();
            }
        }
    }

    /// <summary>Rejects images that PCI cannot process.</summary>
    /// <exception cref="DatasetException">The images do not have two channels, or their sides are not multiples of 4.</exception>
    public static void Require(ImageSet set)
    {
        var shape = set.Shape;
        if (shape.Channels != 2)
        {
            var channels = shape.Channels == 1 ? "1 channel" : $"{shape.Channels} channels";
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"the images have {channels}; paired cell inpainting needs two: it predicts the first from the second"
            );
        }

        if (shape.Height % PciNetwork.SideUnit != 0 || shape.Width % PciNetwork.SideUnit != 0)
        {
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"images of {shape.Height} x {shape.Width} pixels do not fit paired cell inpainting, which halves them twice; "
                    + $"sides must be multiples of {PciNetwork.SideUnit}"
            );
        }
    }
}
