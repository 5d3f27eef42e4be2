namespace Coos.Evaluator.Statistics;

/// <summary>What the paired tests of a board need of one submission; made by <see cref="RankingLayout.Evidence"/>.</summary>
public sealed class RankingEvidence
{
    internal RankingEvidence(ulong[][] bits, int[][] cells)
    {
        Bits = bits;
        Cells = cells;
    }

    /// <summary>Per split, the bits of <see cref="CorrectnessMap.Bits"/>; none where clusters count.</summary>
    internal ulong[][] Bits { get; }

    /// <summary>Per split, the right images of each cell of <see cref="ClusterCells"/>; none where images count.</summary>
    internal int[][] Cells { get; }
}
