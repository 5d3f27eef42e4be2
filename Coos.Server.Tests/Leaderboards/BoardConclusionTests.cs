using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Leaderboards;

/// <summary>Ranks, rank intervals and the summary of a leaderboard.</summary>
public sealed class BoardConclusionTests
{
    private static readonly Guid Labels = new(7, 7, 7, new byte[8]);

    private static readonly Benchmark Benchmark = new()
    {
        Slug = "ranked",
        Name = "Ranked",
        Summary = "",
        Classes = [],
        Splits =
        [
            new Split("a", SplitRole.InDistribution, "A", "", null, ""),
            new Split("c", SplitRole.Shifted, "C", "", null, ""),
            new Split("d", SplitRole.Shifted, "D", "", null, ""),
        ],
        Ranking = new Ranking(MetricId.BalancedError, ["c", "d"]),
        Reference = "a",
    };

    /// <summary>
    /// Entries as errors in percent, with r for reported ones; pairs of significantly different tested entries, numbered from 0;
    /// expected ranks with intervals; expected summary.
    /// </summary>
    public static TheoryData<string, string, string, string> Cases =>
        new()
        {
            { "", "", "", "" },
            {
                "r5 r6",
                "",
                "1 -; 2 -",
                "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available."
            },
            {
                "5",
                "",
                "1 -",
                "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available."
            },
            { "5 6", "", "1 1-2 tied; 2 1-2 tied", "No difference is shown between the two entries on C and D." },
            { "5 6", "01", "1 1-1; 2 2-2", "5 is significantly better than the other entry on C and D." },
            {
                "5 6 7",
                "",
                "1 1-3 tied; 2 1-3 tied; 3 1-3 tied",
                "No difference is shown between the best and the other 2 entries on C and D."
            },
            { "5 6 7", "01 02 12", "1 1-1; 2 2-2; 3 3-3", "5 is significantly better than both other entries on C and D." },
            {
                "5 6 7",
                "02 12",
                "1 1-2 tied; 2 1-2 tied; 3 3-3",
                "No difference is shown between the best entry and one other on C and D."
            },
            {
                "5 6 7",
                "01",
                "1 1-2 tied; 2 2-3; 3 1-3 tied",
                "No difference is shown between the best entry and one other (ranks 1, 3) on C and D."
            },
            {
                "5 5 7",
                "02 12",
                "1 1-2 tied; 1 1-2 tied; 3 3-3",
                "No difference is shown between the best entry and one other on C and D."
            },
            // Reported rows have no interval, and their scores count as exact in the intervals of others; ties do not affect each other.
            {
                "r4 5 r6 7",
                "",
                "1 -; 2 2-3 tied; 3 -; 4 3-4 tied",
                "r4 has the lowest error, but it cannot be tested. No difference is shown between the two tested entries on C and D.*"
            },
            {
                "r4 5 6 7",
                "01 02",
                "1 -; 2 2-2; 3 3-4; 4 3-4",
                "r4 has the lowest error, but it cannot be tested. 5 is significantly better than both other tested entries on C and D.*"
            },
            {
                "r3 r4 5 6 7",
                "02 12",
                "1 -; 2 -; 3 3-4 tied; 4 3-4 tied; 5 5-5",
                "2 entries with lower errors than the best tested one cannot be tested. "
                    + "No difference is shown between the best tested entry and one other (ranks 3 to 4) on C and D.*"
            },
            { "r5 5 7", "01", "1 -; 1 1-1; 3 3-3", "5 is significantly better than the other tested entry on C and D.*" },
            {
                "5 r6",
                "",
                "1 -; 2 -",
                "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available."
            },
            {
                "5 5 5",
                "",
                "1 1-3 tied; 1 1-3 tied; 1 1-3 tied",
                "No difference is shown between the best and the other 2 entries on C and D."
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rank_intervals_contain_all_ranks_that_the_tests_allow(string entries, string different, string ranks, string sentence)
    {
        var board = Make(entries, different);

        Assert.Equal(
            ranks,
            string.Join(
                "; ",
                board.Rows.Select(r =>
                    $"{r.Rank} {(r.Interval is { } i ? $"{i.Lowest}-{i.Highest}" : "-")}{(r.IsTiedWithBest == true ? " tied" : "")}"
                )
            )
        );
        Assert.All(
            board.Rows.Where(r => r.Interval is not null),
            r => Assert.InRange(r.Rank!.Value, r.Interval!.Value.Lowest, r.Interval.Value.Highest)
        );
        if (!sentence.Contains('*', StringComparison.Ordinal))
        {
            Assert.Equal(sentence, BoardSummary.Describe(board));
        }
        else
        {
            Assert.StartsWith(sentence.TrimEnd('*'), BoardSummary.Describe(board), StringComparison.Ordinal);
            Assert.EndsWith(
                "Reported rows have no predictions, so they are not tested and have no rank interval; the intervals of "
                    + "other entries take their scores as exact.",
                BoardSummary.Describe(board),
                StringComparison.Ordinal
            );
        }
    }

    /// <summary>
    /// Three entries are three pairs, so Holm requires p of at most 1.67% for the first. Six flips give at least 1/64, five 1/32.
    /// </summary>
    [Theory]
    [InlineData("well", 6, false)]
    [InlineData("plate", 5, true)]
    [InlineData("plate", 1, true)]
    public void A_board_with_too_few_units_for_significance_says_so(string unit, int units, bool isUndecidable)
    {
        var sentence = BoardSummary.Describe(Make("5 6 7", "", unit, units));

        Assert.StartsWith(
            "No difference is shown between the best and the other 2 entries on C and D.",
            sentence,
            StringComparison.Ordinal
        );
        Assert.Equal(
            isUndecidable,
            sentence.Contains(
                $" No difference could be significant with only {(units == 1 ? "1 plate" : "5 plates")}.",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void Only_the_best_thousand_entries_are_tested()
    {
        var ranked = Ranker.Rank(Enumerable.Range(0, 1200).Select(i => Entry($"{(i + 1) / 20.0}", i)), Benchmark);

        var input = RankTestInput.Create(ranked, Benchmark.Ranking.Splits);
        var intervals = input
            .Entries.Select((e, i) => (e.Id, Interval: new RankInterval(i + 1, i + 1, i + 1, i == 0)))
            .ToDictionary(e => e.Id, e => e.Interval);
        var board = Board.Create(Benchmark, ranked, (0, 0), input, new RankTestOutcome(input, intervals, "image", 5000));

        Assert.Equal((1000, 200), (input.Entries.Count, input.Untested));
        Assert.Equal(ranked.Take(1000).Select(r => r.Entry.Id), input.Entries.Select(e => e.Id));
        Assert.EndsWith("Rank intervals cover the best 1,000 of 1,200 entries.", BoardSummary.Describe(board), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_scored_with_other_labels_are_not_tested()
    {
        var entries = Enumerable.Range(0, 4).Select(i => Entry("5", i)).ToList();
        entries[2] = entries[2] with
        {
            Splits = entries[2].Splits.ToDictionary(s => s.Key, s => s.Value with { LabelVersionId = Guid.Empty }),
        };

        var input = RankTestInput.Create(Ranker.Rank(entries, Benchmark), Benchmark.Ranking.Splits);

        Assert.Equal((3, 1), (input.Entries.Count, input.Untested));
    }

    private static Board Make(string entries, string different, string unit = "image", int units = 5000)
    {
        var ranked = Ranker.Rank(entries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Entry), Benchmark);
        var input = RankTestInput.Create(ranked, Benchmark.Ranking.Splits);
        var intervals = RankIntervals.Compute(
            [.. input.Entries.Select(e => e.Score)],
            (i, j) => different.Split(' ').Contains($"{i}{j}") ? 1e-6 : 1
        );
        var outcome = new RankTestOutcome(
            input,
            input.Entries.Select((e, i) => (e.Id, Interval: intervals[i])).ToDictionary(e => e.Id, e => e.Interval),
            unit,
            units
        );
        return Board.Create(Benchmark, ranked, (0, 0), input, outcome);
    }

    private static LeaderboardEntry Entry(string text, int place)
    {
        var isReported = text[0] == 'r';
        var error = double.Parse(text.TrimStart('r')) / 100;
        var score = isReported
            ? new EntryScore(error, null, null)
            : new EntryScore(error, error / 2, error * 2) { LabelVersionId = Labels };
        return new LeaderboardEntry
        {
            Id = new Guid(place + 1, 0, 0, new byte[8]),
            Method = text,
            Submitter = "",
            Kind = isReported ? SubmissionKind.Reported : SubmissionKind.Submission,
            CreatedAt = isReported ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(place),
            Splits = new Dictionary<string, EntryScore>
            {
                ["a"] = score,
                ["c"] = score,
                ["d"] = score,
            },
        };
    }
}
