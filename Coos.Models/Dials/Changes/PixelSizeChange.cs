namespace Coos.Models.Dials.Changes;

/// <summary>
/// Looks at the same field with larger pixels about the same centre: each is the mean of the area of the former pixels that it covers.
/// The field of view grows, and what is beyond the image is its reflection.
/// </summary>
internal sealed class PixelSizeChange(ChangedImage shape, double factor) : IImageChange
{
    private readonly (int Source, double Weight)[][] _rows = CreateWeights(shape.Shape.Height, factor);
    private readonly (int Source, double Weight)[][] _columns = CreateWeights(shape.Shape.Width, factor);

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        var (width, pixels) = (shape.Shape.Width, shape.Shape.PixelsPerChannel);
        var narrow = new double[pixels];
        for (var first = 0; first < image.Length; first += pixels)
        {
            for (var i = 0; i < pixels; i++)
            {
                var sum = 0.0;
                foreach (var (source, weight) in _columns[i % width])
                {
                    sum += weight * image[first + (i / width * width) + source];
                }

                narrow[i] = sum;
            }

            for (var i = 0; i < pixels; i++)
            {
                var sum = 0.0;
                foreach (var (source, weight) in _rows[i / width])
                {
                    sum += weight * narrow[(source * width) + (i % width)];
                }

                changed[first + i] = shape.Round(sum);
            }
        }
    }

    /// <summary>Computes which former pixels each pixel along a side covers, and how much of it they fill; the sum is 1.</summary>
    internal static (int Source, double Weight)[][] CreateWeights(int length, double factor)
    {
        var weights = new (int, double)[length][];
        for (var i = 0; i < length; i++)
        {
            var start = (length / 2.0) + (factor * (i - (length / 2.0)));
            var end = start + factor;
            var covered = new List<(int, double)>();
            for (var source = (int)Math.Floor(start); source < end; source++)
            {
                var part = Math.Min(end, source + 1.0) - Math.Max(start, source);
                if (part > 0)
                {
                    covered.Add((ChangedImage.Reflect(source, length), part / factor));
                }
            }

            weights[i] = [.. covered];
        }

        return weights;
    }
}
