namespace Coos.Baselines.Deep.Training;

/// <summary>The performance of a network on held-out training images.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="BalancedError">The balanced error, 0 .. 1.</param>
internal readonly record struct Validation(double Loss, double BalancedError)
{
    /// <summary>Whether this is better: a lower balanced error, or on a tie a lower loss.</summary>
    public bool IsBetterThan(Validation other) =>
        BalancedError < other.BalancedError || (BalancedError == other.BalancedError && Loss < other.Loss);
}
