using Coos.Shared.Randomness;

namespace Coos.Simulator.Cells;

/// <summary>A smooth random closed curve: a radius with a few harmonics of random amplitude and phase.</summary>
internal sealed class Contour
{
    private const int Harmonics = 6;
    private const int TablePerQuadrant = 64;

    /// <summary>The radius by "diamond angle" y / (|x| + |y|), which increases with the angle and needs no arctangent.</summary>
    private readonly double[] _radii = new double[(4 * TablePerQuadrant) + 1];

    /// <summary>Draws a curve.</summary>
    /// <param name="x">The x coordinate of the centre in micrometres.</param>
    /// <param name="y">The y coordinate of the centre in micrometres.</param>
    /// <param name="radius">The mean radius in micrometres.</param>
    /// <param name="roughness">The amplitude of the second harmonic.</param>
    /// <param name="random">The random numbers of amplitudes and phases.</param>
    public Contour(double x, double y, double radius, double roughness, RandomStream random)
    {
        (X, Y, Radius) = (x, y, radius);
        Span<(double Cos, double Sin)> waves = stackalloc (double, double)[Harmonics];
        for (var k = 2; k <= Harmonics; k++)
        {
            // The first harmonic would only move the centre; higher ones decrease, so that the curve stays smooth.
            var amplitude = 2 * roughness / k;
            waves[k - 1] = (amplitude * random.Normal(), amplitude * random.Normal());
        }

        for (var i = 0; i < _radii.Length; i++)
        {
            _radii[i] = RadiusAt(i, waves);
            MaxRadius = Math.Max(MaxRadius, _radii[i]);
        }
    }

    /// <summary>The x coordinate of the centre.</summary>
    public double X { get; }

    /// <summary>The y coordinate of the centre.</summary>
    public double Y { get; }

    /// <summary>The mean radius.</summary>
    public double Radius { get; }

    /// <summary>The largest radius.</summary>
    public double MaxRadius { get; }

    /// <summary>The relative distance of a point from the centre: 0 at the centre, 1 on the curve, above 1 outside.</summary>
    public double Depth(double x, double y)
    {
        var dx = x - X;
        var dy = y - Y;
        var sum = Math.Abs(dx) + Math.Abs(dy);
        if (sum < 1e-9)
        {
            return 0;
        }

        var t = dy / sum;
        var angle =
            (
                dx < 0 ? 2 - t
                : dy < 0 ? 4 + t
                : t
            ) * TablePerQuadrant;
        var index = Math.Min((int)angle, (4 * TablePerQuadrant) - 1);
        var radius = _radii[index] + ((angle - index) * (_radii[index + 1] - _radii[index]));
        return Math.Sqrt((dx * dx) + (dy * dy)) / radius;
    }

    private double RadiusAt(int tableIndex, ReadOnlySpan<(double Cos, double Sin)> waves)
    {
        var angle = (double)tableIndex / TablePerQuadrant;
        var y =
            angle <= 1 ? angle
            : angle <= 3 ? 2 - angle
            : angle - 4;
        var x = angle is <= 1 or >= 3 ? 1 - Math.Abs(y) : Math.Abs(y) - 1;
        var length = Math.Sqrt((x * x) + (y * y));
        var (cos, sin) = (x / length, y / length);
        var (cosK, sinK) = (1.0, 0.0);
        var factor = 1.0;
        foreach (var wave in waves)
        {
            // cos(k a) and sin(k a) by one more rotation by a.
            (cosK, sinK) = ((cosK * cos) - (sinK * sin), (sinK * cos) + (cosK * sin));
            factor += (wave.Cos * cosK) + (wave.Sin * sinK);
        }

        return Radius * Math.Max(factor, 0.4);
    }
}
