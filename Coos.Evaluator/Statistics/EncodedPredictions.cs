namespace Coos.Evaluator.Statistics;

/// <summary>The predictions of a submission as <see cref="RankingLayout.Encode"/> encodes them.</summary>
public sealed class EncodedPredictions
{
    internal EncodedPredictions(ulong[][] bits, double[][] clusters) => (Bits, Clusters) = (bits, clusters);

    /// <summary>One bit per image of each split.</summary>
    internal ulong[][] Bits { get; }

    /// <summary>One number per cluster of each split: its deviation, or its contribution; empty for independent images.</summary>
    internal double[][] Clusters { get; }
}
