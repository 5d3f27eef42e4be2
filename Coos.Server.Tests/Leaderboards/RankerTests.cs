using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>Ranks entries by their scores.</summary>
public sealed class RankerTests
{
    private static readonly Benchmark Benchmark = new()
    {
        Slug = "ranked",
        Name = "Ranked",
        Summary = "",
        Classes = [],
        Splits = [],
        Ranking = new Ranking(MetricId.BalancedError, ["c", "d"]),
        Reference = "a",
    };

    /// <summary>
    /// Entries as "name day a c d" in percent, "-" for missing values, day 0 for reported results; then the expected rows as
    /// "name rank score gap" with fractions.
    /// </summary>
    public static TheoryData<string, string> Boards =>
        new()
        {
            { "", "" },
            { "x 1 1 2 4", "x 1 0.03 0.02" },
            { "x 1 1 4 4, y 2 1 2 2", "y 1 0.02 0.01, x 2 0.04 0.03" },
            // Ties share a rank and the next rank is skipped. They are ordered by date, with reported results first.
            { "x 4 1 3 3, y 3 1 3 3, z 2 1 9 9, w 1 1 1 1", "w 1 0.01 0, y 2 0.03 0.02, x 2 0.03 0.02, z 4 0.09 0.08" },
            { "x 1 1 3 3, y 2 1 3 3, z 3 1 3 3", "x 1 0.03 0.02, y 1 0.03 0.02, z 1 0.03 0.02" },
            { "x 1 1 3 3, y 0 1 3 3", "y 1 0.03 0.02, x 1 0.03 0.02" },
            // Means that are equal as decimal fractions but differ in the last bits: 7.7 + 4.1 and 6.8 + 5.0.
            { "x 2 1 7.7 4.1, y 1 1 6.8 5.0", "y 1 0.059 0.049, x 1 0.059 0.049" },
            // An entry without a ranking split has no rank, whatever its other scores; zero is a score.
            { "x 1 1 - 0, y 2 1 50 50, z 3 1 0 -", "y 1 0.5 0.49, x - - -, z - - -" },
            { "x 1 1 - -, y 0 1 - -", "y - - -, x - - -" },
            { "x 1 0 0 0, y 2 0 0 0.1", "x 1 0 0, y 2 0.0005 0.0005" },
            // Without the reference split there is a rank but no gap.
            { "x 1 - 2 2, y 2 3 1 1", "y 1 0.01 -0.02, x 2 0.02 -" },
        };

    [Theory]
    [MemberData(nameof(Boards))]
    public void Entries_are_ranked_by_their_mean_over_the_ranking_splits(string entries, string expected)
    {
        var ranked = Ranker.Rank(Items(entries).Select(ToEntry), Benchmark);

        Assert.Equal(expected, string.Join(", ", ranked.Select(r => $"{r.Entry.Method} {Text(r.Rank)} {Text(r.Score)} {Text(r.Gap)}")));
    }

    [Fact]
    public void Reported_results_with_the_same_score_keep_the_order_of_their_table()
    {
        var ranked = Ranker.Rank(Items("b 0 1 3 3, a 0 1 3 3, c 0 1 2 4").Select(ToEntry), Benchmark);

        Assert.Equal(["b", "a", "c"], ranked.Select(r => r.Entry.Method));
        Assert.All(ranked, r => Assert.Equal(1, r.Rank));
    }

    private static string[] Items(string list) => list.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(IFormattable? value) => value?.ToString("0.######", null) ?? "-";

    private static LeaderboardEntry ToEntry(string text)
    {
        var parts = text.Split(' ');
        var day = int.Parse(parts[1]);
        string[] splits = ["a", "c", "d"];
        return new LeaderboardEntry
        {
            Id = Guid.Empty,
            Method = parts[0],
            Submitter = "",
            Kind = day == 0 ? SubmissionKind.Reported : SubmissionKind.Submission,
            CreatedAt = day == 0 ? null : new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc),
            Splits = splits
                .Zip(parts[2..])
                .Where(p => p.Second != "-")
                .ToDictionary(p => p.First, p => new EntryScore(double.Parse(p.Second) / 100, null, null)),
        };
    }
}
