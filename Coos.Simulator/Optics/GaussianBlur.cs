using System.Numerics;
using Coos.Simulator.Cells;

namespace Coos.Simulator.Optics;

/// <summary>Convolves a square image with a Gaussian, first rows, then columns; the outside counts as 0.</summary>
internal static class GaussianBlur
{
    private const double Reach = 3.2;

    /// <summary>Blurs in place.</summary>
    /// <param name="values">The values by row and column, size x size.</param>
    /// <param name="scratch">A buffer of the same size.</param>
    /// <param name="size">The number of points along one side.</param>
    /// <param name="sigma">The standard deviation in points.</param>
    public static void Apply(float[] values, float[] scratch, int size, double sigma)
    {
        var kernel = CreateKernel(sigma);
        var radius = kernel.Length / 2;
        Array.Clear(scratch);
        for (var y = 0; y < size; y++)
        {
            var row = values.AsSpan(y * size, size);
            var target = scratch.AsSpan(y * size, size);
            for (var k = -radius; k <= radius; k++)
            {
                var from = Math.Max(0, k);
                var length = Math.Max(0, size - Math.Abs(k));
                AddScaled(row.Slice(from, length), kernel[k + radius], target.Slice(Math.Max(0, -k), length));
            }
        }

        Array.Clear(values);
        for (var y = 0; y < size; y++)
        {
            var target = values.AsSpan(y * size, size);
            for (var k = Math.Max(-radius, -y); k <= Math.Min(radius, size - 1 - y); k++)
            {
                AddScaled(scratch.AsSpan((y + k) * size, size), kernel[k + radius], target);
            }
        }
    }

    /// <summary>target += scale * source. Each element is summed in a fixed order, so the vector width does not matter.</summary>
    private static void AddScaled(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        var factor = new Vector<float>(scale);
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // Multiplies, then adds: a fused operation rounds once and exists on some machines only.
            var product = new Vector<float>(source[i..]) * factor;
            (new Vector<float>(target[i..]) + product).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] += source[i] * scale;
        }
    }

    private static float[] CreateKernel(double sigma)
    {
        var radius = Math.Max(1, (int)Math.Ceiling(Reach * sigma));
        var weights = new double[(2 * radius) + 1];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Brush.Bell(i - radius, Math.Max(sigma, 1e-3));
            sum += weights[i];
        }

        return Array.ConvertAll(weights, w => (float)(w / sum));
    }
}
