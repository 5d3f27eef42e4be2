namespace Coos.Evaluator.Statistics;

/// <summary>The predictions of one submission, encoded by <see cref="RankingLayout.Encode"/> for the paired tests of a board.</summary>
public sealed class EncodedPredictions
{
    internal EncodedPredictions(ulong[][] bits, int[][] cells)
    {
        Bits = bits;
        Cells = cells;
    }

    /// <summary>The bits from <see cref="CorrectnessMap.Encode"/> per split; empty with clusters.</summary>
    internal ulong[][] Bits { get; }

    /// <summary>The correct images of each cell of <see cref="ClusterCells"/> per split; empty without clusters.</summary>
    internal int[][] Cells { get; }
}
