using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>Where a submission that is not on the board would stand, with its neighbours.</summary>
/// <param name="Own">Its row.</param>
/// <param name="Neighbours">Rows of the board as it would be, the own one among them, best first.</param>
/// <param name="Ranked">How many entries would have a rank.</param>
public sealed record BoardPreview(RankedEntry Own, IReadOnlyList<RankedEntry> Neighbours, int Ranked)
{
    /// <summary>How many rows are shown on each side.</summary>
    private const int Around = 2;

    /// <summary>The preview of a scored submission.</summary>
    public static BoardPreview Of(SubmissionDocument submission, Board board)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(board);
        var entry = EntryOf(submission);
        var rows = Ranker.Rank([.. board.Rows.Select(r => r.Entry).Where(e => e.Id != entry.Id), entry], board.Benchmark).ToList();
        var place = rows.FindIndex(r => r.Entry.Id == entry.Id);
        var first = Math.Max(0, place - Around);
        List<RankedEntry> neighbours =
        [
            .. rows[first..Math.Min(rows.Count, place + Around + 1)]
                .Select(r =>
                    r with
                    {
                        ScoreInterval = ShiftCosts.ScoreInterval(r, board.Benchmark),
                        GapInterval = ShiftCosts.ScoreGapInterval(r, board.Benchmark),
                    }
                ),
        ];
        return new BoardPreview(neighbours[place - first], neighbours, rows.Count(r => r.Rank is not null));
    }

    /// <summary>The ranking splits that it lacks; without them it has no rank.</summary>
    public IEnumerable<string> Missing(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return benchmark.Ranking.Splits.Where(s => !Own.Entry.Splits.ContainsKey(s)).Select(s => benchmark.FindSplit(s)?.Title ?? s);
    }

    private static LeaderboardEntry EntryOf(SubmissionDocument submission) =>
        new()
        {
            Id = submission.Id,
            Method = submission.Method,
            Submitter = submission.Submitter,
            Kind = submission.Kind,
            CreatedAt = submission.CreatedAt,
            Splits = (submission.Evaluation?.Splits ?? []).ToDictionary(
                s => s.Split,
                s => new EntryScore(s.BalancedError, s.BalancedErrorInterval?[0], s.BalancedErrorInterval?[1])
                {
                    IntervalMethod = s.IntervalMethod,
                }
            ),
        };
}
