namespace Coos.Models.Dials.Changes;

/// <summary>Replaces each sample by a linear function of it: background and gain.</summary>
internal sealed class LinearChange : IImageChange
{
    private readonly ChangedImage _shape;
    private readonly ushort[][] _tables;

    private LinearChange(ChangedImage shape, Func<int, int, double> map)
    {
        _shape = shape;
        _tables =
        [
            .. Enumerable
                .Range(0, shape.Shape.Channels)
                .Select(channel => Enumerable.Range(0, 1 << shape.Bits).Select(value => shape.Round(map(channel, value))).ToArray()),
        ];
    }

    /// <summary>Adds a share of the window of each channel.</summary>
    public static LinearChange Add(ChangedImage shape, DialScale scale, double share) =>
        new(shape, (channel, value) => value + (share * scale.Width(channel)));

    /// <summary>Multiplies what is above the low end of the window of each channel.</summary>
    public static LinearChange Multiply(ChangedImage shape, DialScale scale, double factor) =>
        new(shape, (channel, value) => scale.Low(channel) + (factor * (value - scale.Low(channel))));

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        _shape.Check(image, changed);
        var pixels = _shape.Shape.PixelsPerChannel;
        for (var i = 0; i < image.Length; i++)
        {
            var table = _tables[i / pixels];
            changed[i] = table[Math.Min(image[i], table.Length - 1)];
        }
    }
}
