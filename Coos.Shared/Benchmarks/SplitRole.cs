namespace Coos.Shared.Benchmarks;

/// <summary>What a split is for.</summary>
public enum SplitRole
{
    /// <summary>The only split that methods are trained and selected on.</summary>
    Training = 0,

    /// <summary>Held out from the source of the training images: the reference without shift.</summary>
    InDistribution = 1,

    /// <summary>From another source: other wells, days, plates or microscopes.</summary>
    Shifted = 2,
}
