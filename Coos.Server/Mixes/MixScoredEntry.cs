using Coos.Evaluator.Mixes;
using Coos.Server.Leaderboards;

namespace Coos.Server.Mixes;

/// <summary>An entry with predictions, scored under a mix.</summary>
/// <param name="Row">Its row on the board.</param>
/// <param name="Score">Its weighted error.</param>
/// <param name="Interval">The interval of that error.</param>
/// <param name="Mistakes">The confusions that add most to it.</param>
internal sealed record MixScoredEntry(RankedEntry Row, MixedScore Score, MixInterval Interval, IReadOnlyList<MixMistake> Mistakes)
{
    private const int ShownMistakes = 3;

    /// <summary>Scores an entry.</summary>
    public static MixScoredEntry Create(RankedEntry row, MixLayout layout, IReadOnlyList<MistakeCounts> counts)
    {
        var score = layout.Score(counts);
        return new MixScoredEntry(row, score, score.ComputeInterval(), MixMistake.FindLargest(layout, counts, ShownMistakes));
    }
}
