using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>The rank that an unlisted submission would have on the board, with its neighbours.</summary>
/// <param name="Own">The submission's row.</param>
/// <param name="Neighbours">The rows around the submission, including its own, best first.</param>
/// <param name="Ranked">The number of entries that would have a rank.</param>
public sealed record BoardPreview(RankedEntry Own, IReadOnlyList<RankedEntry> Neighbours, int Ranked)
{
    /// <summary>The number of rows shown on each side.</summary>
    private const int NeighboursPerSide = 2;

    /// <summary>Creates the preview of a scored submission.</summary>
    public static BoardPreview Create(SubmissionDocument submission, Board board)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(board);
        var entry = ToEntry(submission);
        var rows = Ranker.Rank([.. board.Rows.Select(r => r.Entry).Where(e => e.Id != entry.Id), entry], board.Benchmark).ToList();
        var place = rows.FindIndex(r => r.Entry.Id == entry.Id);
        var first = Math.Max(0, place - NeighboursPerSide);
        List<RankedEntry> neighbours =
        [
            .. rows[first..Math.Min(rows.Count, place + NeighboursPerSide + 1)]
                .Select(r =>
                    r with
                    {
                        ScoreInterval = ShiftCosts.ComputeScoreInterval(r, board.Benchmark),
                        GapInterval = ShiftCosts.ComputeGapInterval(r, board.Benchmark),
                    }
                ),
        ];
        return new BoardPreview(neighbours[place - first], neighbours, rows.Count(r => r.Rank is not null));
    }

    /// <summary>The ranking splits that the submission lacks; without them it has no rank.</summary>
    public IEnumerable<string> Missing(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return Own.Entry.Mean is not null
            ? []
            : benchmark.Ranking.Splits.Where(s => !Own.Entry.Splits.ContainsKey(s)).Select(s => benchmark.TitleOf(s));
    }

    private static LeaderboardEntry ToEntry(SubmissionDocument submission) =>
        new()
        {
            Id = submission.Id,
            Method = submission.Method,
            Submitter = submission.Submitter,
            Kind = submission.Kind,
            CreatedAt = submission.CreatedAt,
            Mean = submission.Evaluation?.Mean is { } mean ? ToScore(mean.Loss) : null,
            Splits = (submission.Evaluation?.Splits ?? [])
                .Select(s => (Score: s, Loss: s.FindLoss()))
                .Where(s => s.Loss is not null)
                .ToDictionary(s => s.Score.Split, s => ToScore(s.Loss!) with { IntervalMethod = s.Score.Ranking.IntervalMethod }),
        };

    private static EntryScore ToScore(ErrorEstimate loss) => new(loss.Error, loss.Lower, loss.Upper);
}
