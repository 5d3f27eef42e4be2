namespace Coos.Evaluator.Statistics;

/// <summary>
/// The tail of a sum of many weights with random signs, by Edgeworth's expansion to the sixth cumulant (Feller, "An Introduction to
/// Probability Theory and Its Applications", volume 2, 1971, XVI.2; odd cumulants are 0).
/// </summary>
internal sealed class EdgeworthTail
{
    private readonly double _deviation;
    private readonly double _fourth;
    private readonly double _sixth;

    /// <summary>Creates the tail of a sum.</summary>
    /// <param name="groups">The weights and the number of flips of each.</param>
    public EdgeworthTail(IReadOnlyCollection<(double Weight, int Count)> groups)
    {
        var (second, fourth, sixth) = (0.0, 0.0, 0.0);
        foreach (var (weight, count) in groups)
        {
            var square = weight * weight;
            second += count * square;
            fourth += count * square * square;
            sixth += count * square * square * square;
        }

        // A random sign has the cumulants 1, -2 and 16.
        _deviation = Math.Sqrt(second);
        _fourth = second > 0 ? -2 * fourth / (second * second) : 0;
        _sixth = second > 0 ? 16 * sixth / (second * second * second) : 0;
    }

    /// <summary>Approximates P(sum above x) + P(sum = x) / 2, 0..1.</summary>
    public double Compute(double x)
    {
        if (_deviation == 0)
        {
            return x > 0 ? 0
                : x < 0 ? 1
                : 0.5;
        }

        var z = Math.Abs(x) / _deviation;
        var square = z * z;
        var third = z * (square - 3);
        var fifth = z * ((square * (square - 10)) + 15);
        var seventh = z * ((square * ((square * (square - 21)) + 105)) - 105);
        var density = Math.Exp(-square / 2) / Math.Sqrt(2 * Math.PI);
        var correction = (_fourth / 24 * third) + (_sixth / 720 * fifth) + (_fourth * _fourth / 1152 * seventh);
        var above = Math.Clamp((Normal.TwoSided(z) / 2) + (density * correction), 0, 0.5);
        return x > 0 ? above : 1 - above;
    }
}
