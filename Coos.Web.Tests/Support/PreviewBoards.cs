using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Web.Tests.Support;

/// <summary>Creates leaderboards for link preview images.</summary>
internal static class PreviewBoards
{
    /// <summary>Creates a leaderboard of a benchmark that ranks by its last test set.</summary>
    /// <param name="name">The benchmark's name.</param>
    /// <param name="splits">The titles of its test sets.</param>
    /// <param name="entries">Methods with their errors on the first test sets.</param>
    public static Board Create(string name, string[] splits, params (string Method, double[] Errors)[] entries)
    {
        var benchmark = new Benchmark
        {
            Slug = "drawn",
            Name = name,
            Summary = "A benchmark that is drawn.",
            Classes = [new ClassLabel(0, "A", "A"), new ClassLabel(1, "B", "B")],
            Splits =
            [
                new Split("train", SplitRole.Training, "Train", "", null, ""),
                .. splits.Select((t, i) => new Split($"test{i}", SplitRole.Shifted, t, "", null, "")),
            ],
            Ranking = new Ranking(MetricId.BalancedError, [$"test{splits.Length - 1}"]),
        };
        var rows = Ranker.Rank(entries.Select((e, i) => Entry(e.Method, i, e.Errors)), benchmark);
        return new Board
        {
            Benchmark = benchmark,
            Rows = rows,
            Outdated = 0,
            Held = 0,
            Tests = new BoardTests(BoardTestState.None, 0, 0, null, 0, []),
        };
    }

    private static LeaderboardEntry Entry(string method, int index, double[] errors) =>
        new()
        {
            Id = new Guid(index + 1, 0, 0, new byte[8]),
            Method = method,
            Submitter = "Lab",
            Kind = SubmissionKind.Submission,
            Splits = errors
                .Index()
                .ToDictionary(e => $"test{e.Index}", e => new EntryScore(e.Item, Math.Max(0, e.Item - 0.02), Math.Min(1, e.Item + 0.02))),
        };
}
