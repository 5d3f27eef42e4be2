namespace Coos.Models.Dials.Changes;

/// <summary>Turns images counter-clockwise by 90, 180 or 270 degrees (levels 1, 2, 3), or mirrors them left to right (level 4).</summary>
internal sealed class RotationChange(ChangedImage shape, int level) : IImageChange
{
    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        var (height, width, pixels) = (shape.Shape.Height, shape.Shape.Width, shape.Shape.PixelsPerChannel);
        for (var i = 0; i < image.Length; i++)
        {
            var (row, column) = (i / width % height, i % width);
            var source = level switch
            {
                1 => (column * width) + (width - 1 - row),
                2 => ((height - 1 - row) * width) + (width - 1 - column),
                3 => ((height - 1 - column) * width) + row,
                _ => (row * width) + (width - 1 - column),
            };
            changed[i] = image[(i / pixels * pixels) + source];
        }
    }
}
