using System.Globalization;
using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Server.Mixes;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Mixes;

/// <summary>The answer in words, for every kind of ranking.</summary>
public sealed class MixSummaryTests
{
    private const string Mistake = " Its most frequent mistake is Golgi called Round (2.0 of the 5.0 points).";

    /// <summary>
    /// Entries as errors in percent, best first: r for reported ones, + for those without a difference from the best, ? for intervals
    /// that cannot be trusted, x for entries that are left out; and the expected sentences.
    /// </summary>
    public static TheoryData<string, string> Cases =>
        new()
        {
            { "", "No results yet." },
            { "x x", "No entry can be weighted. 2 entries are left out: no predictions for Test4." },
            {
                "5+",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "It is the only entry with predictions, so it cannot be tested against another."
                    + Mistake
            },
            {
                "5+ 6",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "It is significantly better than the other tested entry."
                    + Mistake
            },
            {
                "5+ 6+",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "No difference shown from the other tested entry."
                    + Mistake
            },
            {
                "5+ 6 7",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "It is significantly better than all 2 other tested entries."
                    + Mistake
            },
            {
                "5+ 6+ 7",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "No difference shown from 1 other entry."
                    + Mistake
            },
            {
                "5+ 6+ 7+ 8",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "No difference shown from 2 others."
                    + Mistake
            },
            {
                "5+ 6+ 7+",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "No difference shown from any of the 2 other tested entries."
                    + Mistake
            },
            {
                "5+ 5+",
                "For your mix, E5 and E5 make the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "All tested entries have the same error. "
                    + "E5's most frequent mistake is Golgi called Round (2.0 of the 5.0 points)."
            },
            {
                "5+ 5+ 6",
                "For your mix, E5 and E5 make the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "All other tested entries are significantly worse. "
                    + "E5's most frequent mistake is Golgi called Round (2.0 of the 5.0 points)."
            },
            {
                "5+? 6",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "Few wells have its mistakes, so the interval may be too narrow. "
                    + "It is significantly better than the other tested entry."
                    + Mistake
            },
            {
                "r4 5+ 6",
                "E4 has the lowest published error for your mix: 4.0%. Reported results have no predictions, so they cannot be tested. "
                    + "Of the tested entries, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "It is significantly better than the other tested entry."
                    + Mistake
            },
            {
                "r4 r4 r5",
                "E4 and E4 have the lowest published error for your mix: 4.0%. "
                    + "No entry with predictions can be weighted, so nothing can be tested."
            },
            {
                "5+ r6 7",
                "For your mix, E5 makes the fewest mistakes: 5.0% (95% interval 4.0 to 7.0%). "
                    + "It is significantly better than the other tested entry."
                    + Mistake
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_answer_says_what_holds(string entries, string expected) => Assert.Equal(expected, Create(entries).Answer);

    [Fact]
    public void Costs_are_no_shares_of_images()
    {
        var outcome = Create("5+ 6") with { Query = new MixQuery { Costs = [new MixCost(0, 1, 5)] } };

        Assert.Equal(
            "For your mix, E5 has the lowest cost: 5.0 per 100 images (95% interval 4.0 to 7.0). "
                + "It is significantly better than the other tested entry. "
                + "Its most expensive mistake is Golgi called Round (2.0 of the 5.0).",
            outcome.Answer
        );
    }

    [Fact]
    public void Classes_without_images_are_named()
    {
        var benchmark = MixReaderTests.Benchmark;
        var (test1, test4) = (benchmark.FindSplit("test1")!, benchmark.FindSplit("test4")!);
        var outcome = Create("5+") with
        {
            Splits = [test1, test4],
            Absent = [(benchmark.Classes[0], [test4]), (benchmark.Classes[2], [test4]), (benchmark.Classes[1], [test1, test4])],
        };

        Assert.Equal(
            "Test4 has no images of Round and Golgi; the other classes share the weight there. "
                + "Test1 and Test4 have no images of Long, thin; the other classes share the weight there.",
            MixSummary.DescribeAbsent(outcome)
        );
    }

    private static MixOutcome Create(string entries)
    {
        var words = entries.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rows = words.Where(w => w[0] != 'x').Select(CreateRow).ToList();
        return new MixOutcome
        {
            Benchmark = MixReaderTests.Benchmark,
            Query = new MixQuery { Weights = [1, 0, 2] },
            Splits = [MixReaderTests.Benchmark.FindSplit("test4")!],
            Rows = [.. rows.Select(r => r with { Rank = 1 + rows.Count(other => other.Error < r.Error) })],
            Excluded = [.. words.Where(w => w[0] == 'x').Select(_ => new MixExclusion(CreateEntry("x", 0), "no predictions for Test4"))],
            Shares = [0.5, 0, 0.5],
            Unit = "well",
        };
    }

    private static MixRow CreateRow(string word, int index)
    {
        var error = double.Parse(word.Trim('r', '+', '?'), CultureInfo.InvariantCulture) / 100;
        var row = new MixRow(CreateEntry(word, index), 1, error);
        return word[0] == 'r'
            ? row
            : row with
            {
                Interval = new MixInterval(new Interval(error - 0.01, error + 0.02), !word.Contains('?', StringComparison.Ordinal), 1, 20),
                IsAmongBest = word.Contains('+', StringComparison.Ordinal),
                Mistakes = [new MixMistake(2, 0, 0.02)],
            };
    }

    private static LeaderboardEntry CreateEntry(string word, int index) =>
        new()
        {
            Id = new Guid(index + 1, 0, 0, new byte[8]),
            Method = "E" + word.Trim('r', '+', '?'),
            Submitter = "Lab",
            Kind = word[0] == 'r' ? SubmissionKind.Reported : SubmissionKind.Submission,
            Splits = new Dictionary<string, EntryScore>(),
        };
}
