using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;

namespace Coos.Simulator.Optics;

/// <summary>Turns densities on the grid into camera values: blur, haze, binning, illumination, shot noise, read noise.</summary>
internal sealed class Microscope(MicroscopeParameters parameters, int imageSize, int oversampling, int margin)
{
    private readonly int _padded = imageSize + (2 * margin);
    private readonly float[] _scratch = new float[Square((imageSize + (2 * margin)) * oversampling)];
    private readonly float[] _haze = new float[Square(imageSize + (2 * margin))];
    private readonly float[] _sharp = new float[Square(imageSize + (2 * margin))];
    private readonly float[] _smallScratch = new float[Square(imageSize + (2 * margin))];

    /// <summary>Takes a picture.</summary>
    /// <param name="density">Photo-electrons per pixel on the grid with margins; overwritten.</param>
    /// <param name="wavelength">The wavelength in micrometres.</param>
    /// <param name="defocus">The blur from defocus in micrometres.</param>
    /// <param name="background">The background in photo-electrons per pixel.</param>
    /// <param name="illumination">The illumination of the crop.</param>
    /// <param name="random">The random numbers of the noise.</param>
    /// <param name="target">Receives the camera values by row and column.</param>
    public void Expose(
        float[] density,
        double wavelength,
        double defocus,
        double background,
        in Illumination illumination,
        RandomStream random,
        Span<ushort> target
    )
    {
        var pointSpread = parameters.PointSpreadFactor * wavelength / parameters.NumericalAperture;
        var sigma = Math.Sqrt((pointSpread * pointSpread) + (defocus * defocus)) * oversampling / parameters.PixelSize;

        Bin(density, _haze);
        GaussianBlur.Apply(_haze, _smallScratch, _padded, parameters.HazeWidth / parameters.PixelSize);
        GaussianBlur.Apply(density, _scratch, _padded * oversampling, sigma);
        Bin(density, _sharp);

        for (var y = 0; y < imageSize; y++)
        {
            for (var x = 0; x < imageSize; x++)
            {
                var point = ((y + margin) * _padded) + x + margin;
                var light = ((1 - parameters.HazeFraction) * _sharp[point]) + (parameters.HazeFraction * _haze[point]) + background;
                target[(y * imageSize) + x] = Detect(light * illumination.At(x, y), random);
            }
        }
    }

    private ushort Detect(double light, RandomStream random)
    {
        var electrons = random.Poisson(light) + (parameters.ReadNoise * random.Normal());
        var value = Math.Floor(parameters.Offset + (parameters.Gain * electrons) + 0.5);
        return (ushort)Math.Clamp(value, ushort.MinValue, ushort.MaxValue);
    }

    /// <summary>Computes the mean of the grid points of each pixel.</summary>
    private void Bin(float[] fine, float[] coarse)
    {
        var fineSize = _padded * oversampling;
        var scale = 1f / (oversampling * oversampling);
        for (var y = 0; y < _padded; y++)
        {
            for (var x = 0; x < _padded; x++)
            {
                var sum = 0f;
                for (var j = 0; j < oversampling; j++)
                {
                    for (var i = 0; i < oversampling; i++)
                    {
                        sum += fine[(((y * oversampling) + j) * fineSize) + (x * oversampling) + i];
                    }
                }

                coarse[(y * _padded) + x] = sum * scale;
            }
        }
    }

    private static int Square(int size) => size * size;
}
