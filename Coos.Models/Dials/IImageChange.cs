namespace Coos.Models.Dials;

/// <summary>Changes images of one shape. Thread-safe. The result depends on the image and its position alone.</summary>
public interface IImageChange
{
    /// <summary>Changes an image.</summary>
    /// <param name="image">Raw samples by channel, row and column, 0 .. 2^bits - 1.</param>
    /// <param name="changed">
    /// Receives as many samples, rounded to the nearest integer (halves up) and limited to 0 .. 2^bits - 1; must not overlap the image.
    /// </param>
    /// <param name="position">The canonical position of the image in its split, from which random numbers are drawn.</param>
    /// <exception cref="ArgumentException">An image has another number of samples.</exception>
    void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position);
}
