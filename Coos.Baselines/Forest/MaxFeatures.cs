namespace Coos.Baselines.Forest;

/// <summary>The rule for the number of candidate features of a split, from D features.</summary>
public enum MaxFeatures
{
    /// <summary>The square root of D, rounded down.</summary>
    Sqrt = 0,

    /// <summary>The binary logarithm of D, rounded down.</summary>
    Log2 = 1,
}
