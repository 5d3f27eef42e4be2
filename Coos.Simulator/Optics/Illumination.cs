using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Optics;

/// <summary>The illumination of a crop: brightest at the centre of the field, decreasing with the square of the distance.</summary>
/// <param name="X">The x coordinate of the crop's corner relative to the centre of the field, in pixels.</param>
/// <param name="Y">The y coordinate of the crop's corner relative to the centre of the field, in pixels.</param>
/// <param name="FallOff">The decrease per squared pixel of distance.</param>
internal readonly record struct Illumination(double X, double Y, double FallOff)
{
    /// <summary>Draws a crop at a random position in the field.</summary>
    public static Illumination Draw(MicroscopeParameters microscope, int imageSize, RandomStream random)
    {
        var half = microscope.FieldSize / 2;
        return new Illumination(
            random.Uniform(-half, half - imageSize),
            random.Uniform(-half, half - imageSize),
            microscope.VignettingDepth / (2 * half * half)
        );
    }

    /// <summary>The illumination of a pixel of the crop, relative to the centre of the field.</summary>
    public double At(int x, int y) => 1 - (FallOff * (((X + x) * (X + x)) + ((Y + y) * (Y + y))));
}
