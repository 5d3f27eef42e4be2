namespace Coos.Evaluator.Statistics;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the n-th number is
/// a mix of seed + n · 0x9E3779B97F4A7C15. Integer arithmetic only, so the same seed gives the same draws on any
/// machine and with any version of .NET, which promises that of no generator of its own.
/// </summary>
/// <param name="State">The seed, any number; then where the sequence has come to.</param>
public record struct SplitMix(ulong State)
{
    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>An index below a number, by Lemire's multiplication; off from uniform by less than count / 2^32.</summary>
    public int Below(int count) => Scale((uint)Next(), count);

    /// <summary>0 up to but not 1, of 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    internal static int Scale(uint bits, int count) => (int)(((ulong)bits * (uint)count) >> 32);
}
