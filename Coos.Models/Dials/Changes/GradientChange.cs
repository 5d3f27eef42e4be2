using Coos.Shared.Randomness;

namespace Coos.Models.Dials.Changes;

/// <summary>
/// Illuminates one side more than the other: what is above the low end of the window is multiplied by 1 + s t, where t grows linearly
/// from -1/2 at one corner of the image to 1/2 at the opposite one. All channels of an image have the same direction.
/// </summary>
internal sealed class GradientChange(ChangedImage shape, DialScale scale, double contrast) : IImageChange
{
    private const ulong Purpose = 2;

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        var (height, width) = (shape.Shape.Height, shape.Shape.Width);

        // The same direction at each strength, so that levels differ in nothing else.
        var (x, y) = new RandomStream(ShiftDials.Seed, Purpose, position).Direction();
        var reach = (Math.Abs(x) * (width - 1)) + (Math.Abs(y) * (height - 1));
        for (var i = 0; i < image.Length; i++)
        {
            var row = i / width % height;
            var along = ((x * ((i % width) - ((width - 1) / 2.0))) + (y * (row - ((height - 1) / 2.0)))) / reach;
            var low = scale.Low(i / shape.Shape.PixelsPerChannel);
            changed[i] = shape.Round(low + ((image[i] - low) * (1 + (contrast * along))));
        }
    }
}
