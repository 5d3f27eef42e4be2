using System.Numerics.Tensors;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>How paired cell inpainting looks at an image.</summary>
internal static class PciImage
{
    /// <summary>Scales each channel of the image from its minimum and maximum to 0 .. 1; a constant channel becomes 0.</summary>
    /// <param name="image">C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
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

    /// <summary>Copies an image, upside down or left and right exchanged.</summary>
    /// <param name="image">C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="flipRows">Upside down.</param>
    /// <param name="flipColumns">Left and right exchanged.</param>
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

    /// <summary>Refuses images that PCI cannot work with.</summary>
    /// <exception cref="DatasetException">There are not two channels, or the sides are no multiples of 4.</exception>
    public static void Require(ImageSet set)
    {
        var shape = set.Shape;
        if (shape.Channels != 2)
        {
            throw new DatasetException(set.Source, null, null, $"the images have {shape.Channels} channel{(shape.Channels == 1 ? "" : "s")}; paired cell inpainting needs two: it predicts the first from the second");
        }

        if (shape.Height % PciNetwork.SideUnit != 0 || shape.Width % PciNetwork.SideUnit != 0)
        {
            throw new DatasetException(set.Source, null, null, $"images of {shape.Height} x {shape.Width} pixels do not fit paired cell inpainting, which halves them twice; sides must be multiples of {PciNetwork.SideUnit}");
        }
    }
}
