using Coos.Simulator.Parameters;
using Coos.Simulator.Randomness;

namespace Coos.Simulator.Optics;

/// <summary>The field's illumination at a crop: brightest in the middle of the field, falling off with the square of the distance.</summary>
/// <param name="X">The crop's corner from the field's middle, pixels.</param>
/// <param name="Y">The crop's corner from the field's middle, pixels.</param>
/// <param name="FallOff">What a squared pixel of distance takes away.</param>
internal readonly record struct Illumination(double X, double Y, double FallOff)
{
    /// <summary>A crop somewhere in the field.</summary>
    public static Illumination Draw(MicroscopeParameters microscope, int imageSize, RandomStream random)
    {
        var half = microscope.FieldSize / 2;
        return new Illumination(
            random.Uniform(-half, half - imageSize), random.Uniform(-half, half - imageSize), microscope.VignettingDepth / (2 * half * half));
    }

    /// <summary>The illumination of a pixel of the crop, relative to the field's middle.</summary>
    public double At(int x, int y) => 1 - (FallOff * (((X + x) * (X + x)) + ((Y + y) * (Y + y))));
}
