using Coos.Shared.Datasets;

namespace Coos.Models.Dials.Changes;

/// <summary>The shape and range of the images that are changed.</summary>
/// <param name="Shape">The shape of an image.</param>
/// <param name="Bits">The bits per sample, 8..16.</param>
internal sealed record ChangedImage(ImageShape Shape, int Bits)
{
    /// <summary>The largest sample.</summary>
    public double Maximum { get; } = (1 << Bits) - 1;

    /// <summary>Rounds a value to the nearest integer, halves up, and limits it to the range of samples.</summary>
    public ushort Round(double value) => (ushort)Math.Clamp(Math.Floor(value + 0.5), 0, Maximum);

    /// <summary>Guards against images of another shape.</summary>
    /// <exception cref="ArgumentException">An image has another number of samples.</exception>
    public void Check(ReadOnlySpan<ushort> image, Span<ushort> changed)
    {
        if (image.Length != Shape.SamplesPerImage || changed.Length != image.Length)
        {
            throw new ArgumentException($"images have {image.Length} and {changed.Length} samples; expected {Shape.SamplesPerImage}");
        }
    }

    /// <summary>Reflects an index at the borders, where the first and last pixel are repeated: -1 is 0, -2 is 1.</summary>
    /// <param name="index">Any index.</param>
    /// <param name="length">The number of pixels along the side.</param>
    public static int Reflect(int index, int length)
    {
        var period = 2 * length;
        var place = ((index % period) + period) % period;
        return place < length ? place : period - 1 - place;
    }
}
