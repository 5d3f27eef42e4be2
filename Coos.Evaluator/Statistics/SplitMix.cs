namespace Coos.Evaluator.Statistics;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the n-th number is
/// a mix of seed + n · 0x9E3779B97F4A7C15. It uses integer arithmetic only: the same seed gives the same draws on any machine
/// and version of .NET, which the generators of .NET do not guarantee.
/// </summary>
/// <param name="State">The seed at first, then the current state.</param>
public record struct SplitMix(ulong State)
{
    /// <summary>Returns 64 random bits.</summary>
    public ulong Next()
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Returns an index below a count, by Lemire's multiplication; the bias is below count / 2^32.</summary>
    public int Below(int count) => Scale((uint)Next(), count);

    /// <summary>Returns a number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    internal static int Scale(uint bits, int count) => (int)(((ulong)bits * (uint)count) >> 32);
}
