using Coos.Server.Leaderboards;
using Coos.Server.Mixes;
using Coos.Shared.Metrics;
using Coos.Web.Leaderboards;

namespace Coos.Web.Mixes;

/// <summary>A leaderboard under a mix in the API: the rows of the leaderboard, ranked and scored by the mix.</summary>
internal static class MixBoard
{
    /// <summary>Creates the document of a page.</summary>
    /// <param name="board">The board.</param>
    /// <param name="outcome">The mix.</param>
    /// <param name="query">The filter, order and page.</param>
    public static LeaderboardDocument CreateDocument(Board board, MixOutcome outcome, LeaderboardQuery query)
    {
        var page = LeaderboardPage.Create([.. outcome.Rows.Select(r => ToRanked(r, outcome))], query);
        var rows = outcome.Rows.ToDictionary(r => r.Entry.Id);
        return new LeaderboardDocument(
            [.. page.Rows.Select(r => LeaderboardRow.Of(r, board) with { Mix = MixRowDocument.Of(rows[r.Entry.Id], outcome) })],
            page.Total,
            page.Page,
            page.PageSize,
            CreateRanking(outcome),
            null
        )
        {
            Mix = MixDocument.Of(outcome),
        };
    }

    private static RankedEntry ToRanked(MixRow row, MixOutcome outcome) =>
        new(row.Entry, row.Rank, row.Error, null)
        {
            ScoreInterval = row.Interval?.Limits,
            Interval = row.RankRange,
            IsTiedWithBest = row.IsAmongBest is { } isAmongBest ? isAmongBest && outcome.Rows.Count(r => r.IsAmongBest == true) > 1 : null,
        };

    private static RankingDocument CreateRanking(MixOutcome outcome)
    {
        var (tested, tied) = (outcome.Tested.Count(), outcome.Rows.Count(r => r.IsAmongBest == true));
        return new RankingDocument(
            MetricId.BalancedError,
            tested < 2 ? BoardTestState.None : BoardTestState.Ready,
            tested < 2 ? 0 : tested,
            0,
            outcome.Unit,
            tested < 2 ? null
                : tied > 1 ? tied
                : 0,
            outcome.Answer
        );
    }
}
