using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>Ranks entries under a mix, with the intervals of their ranks from the tests of all pairs.</summary>
public static class MixRanks
{
    /// <summary>The decimals to which errors are rounded before they are ranked, so that equal entries share a rank.</summary>
    public const int Decimals = 12;

    /// <summary>Computes the ranks of entries that were scored with the same layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="scores">The entries.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<RankInterval> Compute(
        MixLayout layout,
        IReadOnlyList<MixedScore> scores,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(scores);
        double[] errors = [.. scores.Select(s => Math.Round(s.Error, Decimals))];
        var p = new double[scores.Count][];
        Parallel.For(
            0,
            scores.Count,
            new ParallelOptions { CancellationToken = cancellation },
            i =>
            {
                p[i] = new double[i];
                for (var j = 0; j < i; j++)
                {
                    p[i][j] = errors[i] == errors[j] ? 1 : MixPair.Compute(layout, scores[i], scores[j]).ComputeScreenedP();
                }
            }
        );
        return RankIntervals.Compute(errors, (i, j) => p[j][i]);
    }
}
