namespace Coos.Baselines;

/// <summary>A stream of random numbers that a seed and a key name, the same on every machine and version of .NET.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). System.Random promises no sequence across versions.</remarks>
internal sealed class KeyedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>The stream of a key.</summary>
    public KeyedRandom(ulong seed, ulong key) => _state = Mix(Mix(seed) ^ Mix(key + 1));

    /// <summary>Uniform in 0 .. <paramref name="count"/> - 1 (multiply and shift; the bias is below 2^-32 x count).</summary>
    public int Index(int count) => (int)(((Mix(_state += Golden) >> 32) * (ulong)count) >> 32);

    /// <summary>Puts items in random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Index(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
