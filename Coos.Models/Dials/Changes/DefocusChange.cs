namespace Coos.Models.Dials.Changes;

/// <summary>
/// Blurs each channel with the discrete analogue of a Gaussian, exp(-t) I_n(t) with t = sigma² (Lindeberg, IEEE Transactions on Pattern
/// Analysis and Machine Intelligence 12, 1990). Its variance is exactly sigma², also below one pixel, where samples of a Gaussian are
/// too narrow. Borders are reflected, so the mean is kept.
/// </summary>
internal sealed class DefocusChange(ChangedImage shape, double sigma) : IImageChange
{
    private readonly double[] _kernel = CreateKernel(sigma * sigma);

    /// <inheritdoc />
    public void Apply(ReadOnlySpan<ushort> image, Span<ushort> changed, uint position)
    {
        shape.Check(image, changed);
        var (height, width, pixels) = (shape.Shape.Height, shape.Shape.Width, shape.Shape.PixelsPerChannel);
        var rows = new double[pixels];
        var line = new double[Math.Max(height, width) + (2 * _kernel.Length)];
        for (var first = 0; first < image.Length; first += pixels)
        {
            for (var row = 0; row < height; row++)
            {
                for (var i = 0; i < width + (2 * _kernel.Length); i++)
                {
                    line[i] = image[first + (row * width) + ChangedImage.Reflect(i - _kernel.Length, width)];
                }

                for (var column = 0; column < width; column++)
                {
                    rows[(row * width) + column] = Blur(line, column + _kernel.Length);
                }
            }

            for (var column = 0; column < width; column++)
            {
                for (var i = 0; i < height + (2 * _kernel.Length); i++)
                {
                    line[i] = rows[(ChangedImage.Reflect(i - _kernel.Length, height) * width) + column];
                }

                for (var row = 0; row < height; row++)
                {
                    changed[first + (row * width) + column] = shape.Round(Blur(line, row + _kernel.Length));
                }
            }
        }
    }

    /// <summary>Computes the weights of 0, 1, 2, ... pixels of distance, until they no longer matter.</summary>
    internal static double[] CreateKernel(double variance)
    {
        const double Negligible = 1e-7;
        var weights = new List<double> { Bessel(0, variance) };
        while (weights[^1] > Negligible * weights[0])
        {
            weights.Add(Bessel(weights.Count, variance));
        }

        var sum = weights[0] + (2 * weights.Skip(1).Sum());
        return [.. weights.Select(w => w / sum)];
    }

    /// <summary>Computes I_n(t), the modified Bessel function of the first kind, by its power series.</summary>
    private static double Bessel(int order, double t)
    {
        var term = 1.0;
        for (var i = 1; i <= order; i++)
        {
            term *= t / 2 / i;
        }

        var sum = 0.0;
        for (var k = 1; sum + term > sum; k++)
        {
            sum += term;
            term *= t * t / 4 / (k * (double)(k + order));
        }

        return sum;
    }

    private double Blur(double[] line, int centre)
    {
        var sum = _kernel[0] * line[centre];
        for (var n = 1; n < _kernel.Length; n++)
        {
            sum += _kernel[n] * (line[centre - n] + line[centre + n]);
        }

        return sum;
    }
}
