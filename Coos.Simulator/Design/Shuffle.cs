using Coos.Shared.Randomness;

namespace Coos.Simulator.Design;

/// <summary>The Fisher-Yates shuffle.</summary>
internal static class Shuffle
{
    /// <summary>Shuffles items in place.</summary>
    public static void InPlace<T>(T[] items, RandomStream random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = random.Index(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
