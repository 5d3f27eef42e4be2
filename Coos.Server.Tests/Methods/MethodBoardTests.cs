using Coos.Evaluator.Methods;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Methods;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Server.Tests.Methods;

/// <summary>Which entries make a method, and what the board of methods says.</summary>
public sealed class MethodBoardTests
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

    [Fact]
    public void Three_declared_runs_of_one_owner_make_a_method()
    {
        var group = Assert.Single(Group(Entry("X", "1"), Entry("x ", "2"), Entry("X", "10")));

        Assert.True(group.IsMethod);
        Assert.Equal(["1", "2", "10"], group.Runs.Select(r => r.Entry.Run));
        Assert.Empty(group.Uncounted);
    }

    [Fact]
    public void Entries_that_name_no_run_are_not_grouped() => Assert.Empty(Group(Entry("X", null), Entry("X", null), Entry("X", null)));

    [Fact]
    public void One_run_and_two_runs_are_not_ranked()
    {
        Assert.Equal(["One run does not show how much results change with another seed. A method needs 3."], ProblemsOf(Entry("X", "1")));
        Assert.Equal(["It has 2 complete runs. A method needs 3."], ProblemsOf(Entry("X", "1"), Entry("X", "2")));
    }

    [Fact]
    public void Runs_of_two_owners_with_one_name_are_two_methods()
    {
        var groups = Group(Entry("X", "1", owner: "A"), Entry("X", "2", owner: "A"), Entry("X", "3", owner: "B"));

        Assert.Equal(["A", "B"], groups.Select(g => g.Submitter));
        Assert.Equal([2, 1], groups.Select(g => g.Runs.Count));
        Assert.Equal(2, groups.Select(g => g.PathName).Distinct().Count());
    }

    [Fact]
    public void Two_entries_with_one_run_are_marked_until_one_is_corrected()
    {
        Assert.Equal(
            ["2 entries name run 2. Delete all but one, or correct their runs."],
            ProblemsOf(Entry("X", "1"), Entry("X", "2"), Entry("X", "02"), Entry("X", "3"))
        );
    }

    [Fact]
    public void A_run_that_lacks_a_ranking_split_does_not_count_and_says_which()
    {
        var group = Assert.Single(Group(Entry("X", "1"), Entry("X", "2"), Entry("X", "3", splits: "c"), Entry("X", null)));

        Assert.Equal(["It has 2 complete runs. A method needs 3."], group.Problems);
        Assert.Equal(["It names no run.", "Run 3 lacks predictions of D."], group.Uncounted.Select(u => u.Reason));
    }

    [Fact]
    public void A_withheld_run_leaves_the_mean_unknown()
    {
        Assert.Equal(
            ["The scores of run 4 are withheld, so the mean over all runs is unknown."],
            ProblemsOf(
                Entry("X", "1"),
                Entry("X", "2"),
                Entry("X", "3"),
                Entry("X", "4", splits: "", withheld: "improvement below the step")
            )
        );
    }

    [Fact]
    public void Runs_with_different_protocols_are_not_one_method()
    {
        var own = new Protocol { Pretraining = "ImageNet", Ensemble = false };

        Assert.Equal(
            ["Its runs state different values of ensemble. Runs of one method have the same options; rename the others."],
            ProblemsOf(Entry("X", "1", protocol: own), Entry("X", "2"), Entry("X", "3", protocol: own with { Ensemble = true }))
        );
    }

    [Fact]
    public void What_some_runs_state_holds_for_the_method()
    {
        var group = Assert.Single(
            Group(
                Entry("X", "1"),
                Entry("X", "2", protocol: new Protocol { Parameters = 5 }),
                Entry("X", "3", protocol: new Protocol { Pretraining = "none" })
            )
        );

        Assert.True(group.IsMethod);
        Assert.Equal(new Protocol { Parameters = 5, Pretraining = "none" }, group.Protocol);
    }

    [Fact]
    public void A_run_with_scores_of_other_labels_waits_for_its_rescoring()
    {
        Assert.Equal(
            ["Run 4 still shows scores of other labels."],
            ProblemsOf(Entry("X", "1"), Entry("X", "2"), Entry("X", "3"), Entry("X", "4", labels: Guid.Empty))
        );
    }

    [Theory]
    [InlineData("Texture, RF", "texture-rf-")]
    [InlineData("  ResNet-18 / plate-wise (v2)  ", "resnet-18-plate-wise-v2-")]
    [InlineData("\u7EC6\u80DE", "")]
    public void A_method_has_a_readable_name_in_addresses(string method, string start)
    {
        var name = MethodName.ToPath("account:1", method);

        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(start) + "[0-9a-f]{6}$", name);
        Assert.Equal(name, MethodName.ToPath("account:1", method.ToUpperInvariant()));
        Assert.NotEqual(name, MethodName.ToPath("account:2", method));
    }

    /// <summary>Errors of methods in percent, each with three equal runs; pairs of significantly different ones; the sentence.</summary>
    [Theory]
    [InlineData("", "", "")]
    [InlineData("5", "", "5 is the only method with 3 or more runs, so it is tested against no other.")]
    [InlineData("5 6", "", "No difference between the two methods is shown.")]
    [InlineData("5 6", "01", "5 is significantly better than 6.")]
    [InlineData("5 6 7", "01 02 12", "5 is significantly better than all 2 others.")]
    [InlineData("5 6 7", "", "No difference between the 3 methods is shown.")]
    [InlineData("5 6 7", "02 12", "No difference from the best method is shown for 1 of the 2 other methods.")]
    public void The_conclusion_says_what_the_tests_show(string methods, string different, string sentence)
    {
        string[] names = methods.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var groups = Group([
            .. names.SelectMany(n => Enumerable.Range(1, 3).Select(run => Entry(n, $"{run}", error: double.Parse(n) / 100))),
        ]);

        var board = MethodBoard.Create(Benchmark, groups, [], (0, 0, 0), new FixedTests(groups, different));

        Assert.Equal(sentence, board.Conclusion);
        Assert.All(board.Methods, m => Assert.InRange(m.Rank.Rank, m.Rank.Lowest, m.Rank.Highest));
        Assert.All(board.Methods, m => Assert.Equal(names.Length - 1, board.CompareWithOthers(m).Count));
    }

    [Fact]
    public void The_tests_of_a_pair_are_adjusted_for_all_pairs()
    {
        var groups = Group([
            .. "567".SelectMany(n => Enumerable.Range(1, 3).Select(run => Entry($"{n}", $"{run}", error: (n - '0') / 100.0))),
        ]);
        var board = MethodBoard.Create(Benchmark, groups, [], (0, 0, 0), new FixedTests(groups, "02"));

        var tests = board.CompareWithOthers(board.Methods[2]);

        Assert.Equal(["5", "6"], tests.Select(t => t.Other.Group.Method));
        Assert.Equal([3 * FixedTests.Significant, 1], tests.Select(t => t.AdjustedP));
        Assert.Equal([true, false], tests.Select(t => t.IsSignificant));
        Assert.Equal(0.02, tests[0].Difference.Value, 1e-12);
    }

    /// <summary>Numbers by hand: errors 10, 11, 12 with half widths of 1.96 points have mean 11, s² = 1, and V = 1 + 1/3.</summary>
    [Fact]
    public void On_a_guarded_benchmark_only_published_numbers_count()
    {
        var groups = Group([
            .. Enumerable.Range(0, 3).Select(run => Entry("X", $"{run}", error: 0.1 + (run / 100.0), half: 0.01959963984540054)),
        ]);

        var estimate = new PublishedTests(groups).Estimate(0);

        Assert.Equal(0.11, estimate.Value, 1e-12);
        Assert.Equal((1e-4, 1e-4 / 3), (Math.Round(estimate.Variance.Images, 12), estimate.Variance.Runs), CloseTo);
        Assert.Equal(16 / 9.0 * 9 * 2, estimate.Variance.Degrees, 1e-6);
        Assert.Equal((0.0, 1.0), (new PublishedTests(groups).Compare(0, 0).Value, new PublishedTests(groups).ComputeP(0, 0)));
    }

    private static bool CloseTo((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12;

    private static IReadOnlyList<string> ProblemsOf(params LeaderboardEntry[] entries) => Assert.Single(Group(entries)).Problems;

    private static IReadOnlyList<MethodGroup> Group(params LeaderboardEntry[] entries) =>
        MethodRules.Group(Board.Create(Benchmark, Ranker.Rank(entries, Benchmark), (0, 0), new RankTestInput([], [], 0), null));

    private static LeaderboardEntry Entry(
        string method,
        string? run,
        string owner = "A",
        string splits = "a c d",
        string? withheld = null,
        Protocol? protocol = null,
        Guid? labels = null,
        double error = 0.1,
        double half = 0.02
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
            Method = method,
            Submitter = owner,
            Owner = owner,
            Run = run,
            Kind = SubmissionKind.Submission,
            Withheld = withheld,
            Protocol = protocol ?? Protocol.None,
            Mean = splits.Length < 5 ? null : new EntryScore(error, error - half, error + half),
            Splits = splits
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .ToDictionary(s => s, _ => new EntryScore(error, error - half, error + half) { LabelVersionId = labels ?? Labels }),
        };

    /// <summary>Tests with given results.</summary>
    private sealed class FixedTests(IReadOnlyList<MethodGroup> groups, string different) : IMethodTests
    {
        public const double Significant = 0.001;

        public MethodEstimate Estimate(int method) =>
            MethodEstimate.OfMean(groups[method].Runs[0].Score!.Value, new MethodVariance(1e-4, 1e-4, 10), "image");

        public MethodEstimate Compare(int first, int second) =>
            MethodEstimate.OfDifference(
                groups[first].Runs[0].Score!.Value - groups[second].Runs[0].Score!.Value,
                new MethodVariance(1e-4, 1e-4, 10),
                "image"
            );

        public double ComputeP(int first, int second) => different.Split(' ').Contains($"{first}{second}") ? Significant : 1;
    }
}
