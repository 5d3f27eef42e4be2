using Coos.Shared.Randomness;

namespace Coos.Models.Dials.Changes;

/// <summary>
/// Counts photons again: y = low + Poisson((x - low) g) / g, with g photons per unit of the samples and the low end of the window as the
/// camera's value without light. It keeps the mean and adds the variance (x - low) / g. Samples at or below the low end stay.
/// </summary>
internal sealed class PhotonNoiseChange(ChangedImage shape, DialScale scale, double photonsPerGreyLevel, int level) : IImageChange
{
    /// <summary>The grey levels of a window, as a picture of 8 bits draws it.</summary>
    private const double GreyLevels = byte.MaxValue;

    private const ulong Purpose = 1;

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        var random = new RandomStream(ShiftDials.Seed, Purpose, (ulong)level, position);
        var pixels = shape.Shape.PixelsPerChannel;
        for (var channel = 0; channel < shape.Shape.Channels; channel++)
        {
            var low = scale.Low(channel);
            var photons = photonsPerGreyLevel * GreyLevels / scale.Width(channel);
            for (var i = channel * pixels; i < (channel + 1) * pixels; i++)
            {
                changed[i] = image[i] > low ? shape.Round(low + (random.Poisson((image[i] - low) * photons) / photons)) : image[i];
            }
        }
    }
}
