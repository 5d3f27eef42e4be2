namespace Coos.Evaluator.Statistics;

/// <summary>The predictions of a submission as an <see cref="IRankingLayout"/> encodes them.</summary>
public sealed class EncodedPredictions
{
    internal EncodedPredictions(ulong[][] bits, double[][] clusters) => (Bits, Clusters) = (bits, clusters);

    internal EncodedPredictions(double[] losses, float[][] units, double[][] clusters)
        : this([], clusters) => (Losses, Units) = (losses, units);

    /// <summary>One bit per image of each split; empty for another metric than the balanced error.</summary>
    internal ulong[][] Bits { get; }

    /// <summary>The loss of each split; empty if <see cref="Bits"/> tell it.</summary>
    public IReadOnlyList<double> Losses { get; } = [];

    /// <summary>The deviations of the units of each split, sketched; empty if <see cref="Bits"/> tell them.</summary>
    internal float[][] Units { get; } = [];

    /// <summary>One number per cluster of each split: its deviation, or its contribution; empty for independent images.</summary>
    internal double[][] Clusters { get; }
}
