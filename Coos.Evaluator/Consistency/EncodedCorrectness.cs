namespace Coos.Evaluator.Consistency;

/// <summary>On which images an entry is right, encoded by <see cref="ConsistencyLayout.Encode"/>.</summary>
public sealed class EncodedCorrectness
{
    internal EncodedCorrectness(ulong[][] bits, double accuracy) => (Bits, Accuracy) = (bits, accuracy);

    /// <summary>The class-balanced accuracy, averaged over the splits, 0..1.</summary>
    public double Accuracy { get; }

    /// <summary>A bit per image and split, 1 if right, in the order of the split's <see cref="Statistics.CorrectnessMap"/>.</summary>
    internal ulong[][] Bits { get; }
}
