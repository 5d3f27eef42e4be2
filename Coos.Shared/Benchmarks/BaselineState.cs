namespace Coos.Shared.Benchmarks;

/// <summary>Whether a baseline that a server scored is still in the benchmark's folder.</summary>
public enum BaselineState
{
    /// <summary>It is; it stands on the leaderboard.</summary>
    Current = 0,

    /// <summary>Its folder holds other predictions now, which have a submission of their own.</summary>
    Replaced = 1,

    /// <summary>Its folder is gone.</summary>
    Removed = 2,
}
