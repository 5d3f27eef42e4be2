namespace Coos.Shared.Benchmarks;

/// <summary>What a split is for.</summary>
public enum SplitRole
{
    /// <summary>Methods are trained and chosen on it, and on it alone.</summary>
    Training = 0,

    /// <summary>Held out from where the training images come from: the reference without shift.</summary>
    InDistribution = 1,

    /// <summary>From elsewhere: other wells, days, plates or microscopes.</summary>
    Shifted = 2,
}
