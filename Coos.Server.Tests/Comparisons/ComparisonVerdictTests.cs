using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Tests.Comparisons;

/// <summary>The sentences of a comparison.</summary>
public sealed class ComparisonVerdictTests
{
    private const double Margin = 0.005;

    private const string OnlyErrors = "Only the errors can be compared. Testing the difference needs the predictions of both entries.";

    /// <summary>
    /// The compared splits, separated by blanks, and the ranking mean after a bar: split:difference±half width@p, in points, with = for
    /// the same predictions, ? for errors without predictions, - for nothing in common; the sentence with a margin of half a point,
    /// and without one.
    /// </summary>
    public static TheoryData<string, string, string> Cases =>
        new()
        {
            // 0 tested splits.
            { "a:-", "A and B have no test set in common, so they cannot be compared.", "" },
            { "", "A and B have no test set in common, so they cannot be compared.", "" },
            { "a:?", OnlyErrors, "" },
            { "a:? c:? d:?", OnlyErrors, "" },
            { "t:-2±1@.001", OnlyErrors, "" }, // The training split is not tested.
            // 1 tested split.
            { "a:-2±3@.2", "No difference shown on A.", "" },
            { "a:-2±1.8@.04", "A is significantly better than B on A.", "" },
            { "a:2±1.8@.04", "B is significantly better than A on A.", "" },
            {
                "a:-2±1@.001",
                "A is significantly better than B, by more than the margin of 0.5 points, on A.",
                "A is significantly better than B on A."
            },
            {
                "a:2±1@.001",
                "B is significantly better than A, by more than the margin of 0.5 points, on A.",
                "B is significantly better than A on A."
            },
            {
                "a:.2±.1@.001",
                "B is significantly better than A, but by less than the margin of 0.5 points, on A.",
                "B is significantly better than A on A."
            },
            { "a:.1±.3@.5", "A and B are equivalent within the margin of 0.5 points on A.", "No difference shown on A." },
            { "a:0±.3@1", "A and B are equivalent within the margin of 0.5 points on A.", "No difference shown on A." },
            { "a:0±3@1", "No difference shown on A.", "" },
            { "a:=", "A and B make the same predictions on A.", "" },
            // An interval beyond 0 is not enough if the test over several splits shows nothing.
            { "a:-1±.9@.03 c:0±3@.9", "No difference shown on A and C.", "" },
            // 2 and more tested splits.
            { "c:-2±3@.2 d:1±3@.5", "No difference shown on C and D.", "" },
            { "c:-2±1.8@.001 d:-2±1.8@.001", "A is significantly better than B on C and D.", "" },
            { "c:2±1.8@.001 d:2±1.8@.001", "B is significantly better than A on C and D.", "" },
            { "c:2±1.8@.001 d:-2±1.8@.001", "A is significantly better than B on D; B is significantly better than A on C.", "" },
            { "c:-2±1.8@.001 d:-2±3@.2", "A is significantly better than B on C; no difference shown on D.", "" },
            { "a:? c:-2±1.8@.001 d:-", "A is significantly better than B on C.", "" },
            {
                "a:0±.2@.9 c:-2±1@.001 d:-2±3@.2",
                "A is significantly better than B, by more than the margin of 0.5 points, on C; "
                    + "A and B are equivalent within the margin of 0.5 points on A; no difference shown on D.",
                "A is significantly better than B on C; no difference shown on A and D."
            },
            { "a:= c:-2±3@.2", "A and B make the same predictions on A; no difference shown on C.", "" },
            // With the ranking mean of two splits.
            {
                "c:-2±1.8@.001 d:-2±3@.2|-2±1.8@.01",
                "A is significantly better than B by the mean of C and D, which determines the rank. "
                    + "A is significantly better than B on C; no difference shown on D.",
                ""
            },
            {
                "c:-2±1.8@.001 d:2±1.8@.001|0±1@.9",
                "No difference shown by the mean of C and D, which determines the rank. "
                    + "A is significantly better than B on C; B is significantly better than A on D.",
                ""
            },
            {
                "c:2±1@.001 d:2±1@.001|2±.7@.001",
                "B is significantly better than A, by more than the margin of 0.5 points, by the mean of C and D, "
                    + "which determines the rank. "
                    + "B is significantly better than A, by more than the margin of 0.5 points, on C and D.",
                "B is significantly better than A by the mean of C and D, which determines the rank. "
                    + "B is significantly better than A on C and D."
            },
            {
                "c:.1±.3@.5 d:.1±.9@.8|.1±.3@.5",
                "A and B are equivalent within the margin of 0.5 points by the mean of C and D, which determines the rank. "
                    + "A and B are equivalent within the margin of 0.5 points on C; no difference shown on D.",
                "No difference shown by the mean of C and D, which determines the rank. No difference shown on C and D."
            },
            { "c:= d:=|0±.3@1", "A and B make the same predictions on C and D.", "" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_sentence_says_what_the_tests_show(string splits, string withMargin, string without)
    {
        Assert.Equal(withMargin, Describe(splits, Margin));
        Assert.Equal(without.Length > 0 ? without : withMargin, Describe(splits, null));
    }

    /// <summary>
    /// Every kind of verdict, of the difference in points and of its interval of 95% (the 90% one is 0.84 times as wide).
    /// </summary>
    [Theory]
    [InlineData("A", -1, 0.4, MarginVerdict.BetterByMoreThanMargin, false)]
    [InlineData("A", -1, 0.5, MarginVerdict.Better, false)]
    [InlineData("A", -0.3, 0.2, MarginVerdict.Better, true)]
    [InlineData("B", 1, 0.4, MarginVerdict.BetterByMoreThanMargin, false)]
    [InlineData("B", 0.3, 0.2, MarginVerdict.Better, true)]
    [InlineData("", 0.3, 0.2, MarginVerdict.Equivalent, true)]
    [InlineData("", 0.3, 0.3, MarginVerdict.Open, false)]
    [InlineData("", -0.3, 0.3, MarginVerdict.Open, false)]
    [InlineData("", 1, 0.4, MarginVerdict.Open, false)]
    public void Verdicts_compare_the_intervals_with_the_margin(
        string better,
        double difference,
        double half,
        MarginVerdict verdict,
        bool isWithin
    )
    {
        Side? side = better.Length == 0 ? null : Enum.Parse<Side>(better);

        var test = MarginTest.Compute(side, Around(difference, half), Around(difference, half * 0.84), Margin);

        Assert.Equal(new MarginTest(verdict, isWithin), test);
    }

    private static string Describe(string text, double? margin)
    {
        var benchmark = Create(margin);
        var parts = text.Split('|');
        var splits = ComparisonVerdict.Judge(
            [.. parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => ReadSplit(p, margin))],
            benchmark
        );
        return ComparisonVerdict.Describe(splits, parts.Length > 1 ? ReadRanking(parts[1], margin) : null, benchmark);
    }

    private static SplitComparison ReadSplit(string text, double? margin)
    {
        var (name, rest) = (text[..1], text[2..]);
        if (rest is "-" or "?")
        {
            return new SplitComparison { Split = name, Difference = rest == "?" ? 0.01 : null };
        }

        var (difference, half, p) = rest == "=" ? (0, 3, 1) : ReadTest(rest);
        return new SplitComparison
        {
            Split = name,
            Difference = difference / 100,
            Paired = new PairedResult
            {
                DifferenceInterval = Around(difference, half),
                EquivalenceInterval = margin is null ? null : Around(difference, half * 0.84),
                Identical = rest == "=" ? true : null,
                P = p,
                SignFlipP = p,
                Method = "",
                AccuracyDifference = 0,
                McNemarP = 1,
                McNemarMidP = 1,
                LabelsHash = "",
                ClassMethod = "",
                Images = new Agreement(0, 0, 0, 0),
                Classes = [],
                ConfusionDifference = [],
            },
        };
    }

    private static RankingComparison ReadRanking(string text, double? margin)
    {
        var (difference, half, p) = ReadTest(text);
        Side? better =
            p > 0.05 ? null
            : difference < 0 ? Side.A
            : Side.B;
        var test = margin is { } limit
            ? MarginTest.Compute(better, Around(difference, half), Around(difference, half * 0.84), limit)
            : default(MarginTest?);
        return new RankingComparison
        {
            Splits = ["c", "d"],
            ErrorA = 0.1,
            ErrorB = 0.1 - (difference / 100),
            Difference = difference / 100,
            DifferenceInterval = Around(difference, half),
            P = p,
            Better = better,
            Verdict = test?.Verdict,
            WithinMargin = test?.IsWithinMargin,
            Method = "",
        };
    }

    private static (double Difference, double Half, double P) ReadTest(string text)
    {
        double[] values = [.. text.Split('±', '@').Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture))];
        return (values[0], values[1], values[2]);
    }

    private static double[] Around(double difference, double half) => [(difference - half) / 100, (difference + half) / 100];

    private static Benchmark Create(double? margin) =>
        new()
        {
            Slug = "compared",
            Name = "Compared",
            Summary = "",
            Classes = [],
            Splits =
            [
                new Split("t", SplitRole.Training, "T", "", null, ""),
                new Split("a", SplitRole.InDistribution, "A", "", null, ""),
                new Split("c", SplitRole.Shifted, "C", "", null, ""),
                new Split("d", SplitRole.Shifted, "D", "", null, ""),
            ],
            Ranking = new Ranking(MetricId.BalancedError, ["c", "d"]),
            Margin = margin,
        };
}
