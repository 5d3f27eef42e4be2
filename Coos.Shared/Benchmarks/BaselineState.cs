namespace Coos.Shared.Benchmarks;

/// <summary>Whether a scored baseline is still in the benchmark's folder.</summary>
public enum BaselineState
{
    /// <summary>The folder still holds these predictions; the baseline is on the leaderboard.</summary>
    Current = 0,

    /// <summary>The folder now holds other predictions, which have their own submission.</summary>
    Replaced = 1,

    /// <summary>The folder was removed.</summary>
    Removed = 2,
}
