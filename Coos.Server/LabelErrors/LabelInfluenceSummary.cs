using System.Globalization;

namespace Coos.Server.LabelErrors;

/// <summary>Says in a sentence what possible label errors do to a board.</summary>
internal static class LabelInfluenceSummary
{
    /// <summary>Describes the influence.</summary>
    /// <param name="entries">The entries, by rank.</param>
    /// <returns>Empty without entries.</returns>
    public static string Describe(IReadOnlyList<LabelInfluence> entries) =>
        entries.Count == 0
            ? ""
            : Describe("Without the doubtful images", entries, e => e.Without)
                + " "
                + Describe("With the suggested labels", entries, e => e.Relabelled);

    private static string Describe(string what, IReadOnlyList<LabelInfluence> entries, Func<LabelInfluence, ScoreAndRank> corrected)
    {
        LabelInfluence[] scored = [.. entries.Where(e => corrected(e).Score is not null)];
        if (scored.Length == 0)
        {
            return $"{what}, nothing is left to score.";
        }

        var largest = scored.Max(e => Math.Abs(corrected(e).Score!.Value - e.AsLabelled.Score!.Value));
        var moved = scored.Count(e => corrected(e).Rank != e.AsLabelled.Rank);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, balanced errors change by up to {100 * largest:0.0} points and "
                + $"{DescribeMoves(moved, scored.Length)}{DescribeBest(scored, corrected)}."
        );
    }

    private static string DescribeMoves(int moved, int count) =>
        moved == 0 ? "no rank changes"
        : moved == 1 ? $"1 of {count} ranks changes"
        : $"{moved} of {count} ranks change";

    private static string DescribeBest(LabelInfluence[] entries, Func<LabelInfluence, ScoreAndRank> corrected) =>
        entries.Length < 2 ? ""
        : entries.Where(e => e.AsLabelled.Rank == 1).All(e => corrected(e).Rank == 1) ? "; the best entry stays the best"
        : "; another entry is the best";
}
