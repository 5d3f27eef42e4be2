namespace Coos.Baselines.Deep.Training;

/// <summary>How good a network is on held-out training images.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="BalancedError">0 .. 1.</param>
internal readonly record struct Validation(double Loss, double BalancedError)
{
    /// <summary>Lower balanced error is better, on a tie lower loss.</summary>
    public bool IsBetterThan(Validation other) =>
        BalancedError < other.BalancedError || (BalancedError == other.BalancedError && Loss < other.Loss);
}
