namespace Coos.Baselines.Forest;

/// <summary>How many of D features a split is chosen among.</summary>
public enum MaxFeatures
{
    /// <summary>The square root of D, rounded down.</summary>
    Sqrt = 0,

    /// <summary>The binary logarithm of D, rounded down.</summary>
    Log2 = 1,
}
