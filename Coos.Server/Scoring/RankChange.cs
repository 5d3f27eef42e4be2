namespace Coos.Server.Scoring;

/// <summary>How a rescoring changed an entry. A missing rank or score means that the entry was new or lost a ranking split.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="RankBefore">Its rank before.</param>
/// <param name="RankAfter">Its rank after.</param>
/// <param name="ScoreBefore">Its mean balanced error over the ranking splits before, 0..1.</param>
/// <param name="ScoreAfter">Its mean balanced error after.</param>
internal sealed record RankChange(Guid Id, int? RankBefore, int? RankAfter, double? ScoreBefore, double? ScoreAfter)
{
    /// <summary>The entries whose rank or score differs between two boards, ordered by the new rank.</summary>
    public static IReadOnlyList<RankChange> Between(IReadOnlyList<EntryRank> before, IReadOnlyList<EntryRank> after)
    {
        var old = before.ToDictionary(r => r.Id);
        return
        [
            .. after
                .Select(r => (After: r, Before: old.GetValueOrDefault(r.Id)))
                .Where(r => (r.After.Rank, r.After.Score) != (r.Before?.Rank, r.Before?.Score))
                .Select(r => new RankChange(r.After.Id, r.Before?.Rank, r.After.Rank, r.Before?.Score, r.After.Score)),
        ];
    }
}

/// <summary>A change of the labels of a split.</summary>
/// <param name="Split">The split.</param>
/// <param name="Before">The hash of the old labels; null if it is not shown.</param>
/// <param name="After">The hash of the new ones; null if it is not shown.</param>
public sealed record LabelChange(string Split, string? Before, string? After);
