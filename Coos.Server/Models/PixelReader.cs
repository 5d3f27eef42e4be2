using Coos.Server.Images;
using Coos.Shared.Datasets;

namespace Coos.Server.Models;

/// <summary>Reads the raw pixels of a split, as a model gets them: whole numbers of 16 bits.</summary>
internal static class PixelReader
{
    /// <summary>Reads consecutive images in the order of the file.</summary>
    /// <param name="images">The images.</param>
    /// <param name="first">The index of the first in the file.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="DatasetException">The file is damaged, or has values that are not whole numbers of 16 bits.</exception>
    public static ushort[] Read(SplitImages images, int first, int count)
    {
        var block = images.ReadStored(first, count);
        var pixels = new ushort[block.Samples.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = block.Samples[i];
            pixels[i] =
                value is >= 0 and <= ushort.MaxValue && value == MathF.Floor(value)
                    ? (ushort)value
                    : throw new DatasetException(
                        "images",
                        null,
                        null,
                        $"image {first + (i / block.Shape.SamplesPerImage)} has the value {value}; models get whole numbers up to 65,535"
                    );
        }

        return pixels;
    }
}
