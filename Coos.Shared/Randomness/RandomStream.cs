namespace Coos.Shared.Randomness;

/// <summary>
/// A stream of random numbers, identified by a seed and a key (purpose, set, image). Streams with different keys are independent,
/// so images can be drawn in any order on any number of threads.
/// </summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna, ACM Transactions on Mathematical Software 47, 2021), seeded from the key by SplitMix64
/// (Steele, Lea and Flood, OOPSLA 2014). System.Random does not guarantee its sequence across versions of .NET.
/// </remarks>
public sealed class RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareNormal = double.NaN;

    /// <summary>Creates the stream of a key.</summary>
    public RandomStream(ulong seed, params ReadOnlySpan<ulong> key)
    {
        var state = Mix(seed + Golden);
        foreach (var part in key)
        {
            state = Mix(state ^ Mix(part + Golden));
        }

        _s0 = Mix(state += Golden);
        _s1 = Mix(state += Golden);
        _s2 = Mix(state += Golden);
        _s3 = Mix(state + Golden);
    }

    /// <summary>Returns 64 random bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Draws a uniform number in [0, 1).</summary>
    public double Uniform() => (NextBits() >> 11) * TwoToMinus53;

    /// <summary>Draws a uniform number between two limits.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>Draws a uniform index in 0 .. <paramref name="count"/> - 1 (multiply and shift; the bias is below 2^-32).</summary>
    public int Index(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Draws a uniform direction, by rejection so that no sine is needed.</summary>
    public (double X, double Y) Direction()
    {
        while (true)
        {
            var x = Uniform(-1, 1);
            var y = Uniform(-1, 1);
            var square = (x * x) + (y * y);
            if (square is > 1e-6 and <= 1)
            {
                var length = Math.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }

    /// <summary>Draws a standard normal number, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        while (true)
        {
            var x = Uniform(-1, 1);
            var y = Uniform(-1, 1);
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                var scale = Math.Sqrt(-2 * PortableMath.Log(square) / square);
                _spareNormal = y * scale;
                return x * scale;
            }
        }
    }

    /// <summary>Draws a log-normal number, given the median and the standard deviation of the natural logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * PortableMath.Exp(sigma * Normal());

    /// <summary>
    /// Draws a Poisson count: exact (products of uniforms, Knuth) for a mean below 25, otherwise the rounded normal approximation.
    /// </summary>
    public double Poisson(double mean)
    {
        const double NormalFrom = 25;
        if (mean >= NormalFrom)
        {
            return Math.Max(0, Math.Floor(mean + (Math.Sqrt(mean) * Normal()) + 0.5));
        }

        var limit = PortableMath.Exp(-mean);
        var product = Uniform();
        var count = 0;
        while (product > limit)
        {
            product *= Uniform();
            count++;
        }

        return count;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
