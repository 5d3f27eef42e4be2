using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Disclosures;

public sealed class ReleaseRuleTests
{
    private static readonly Dictionary<string, ErrorEstimate> Nothing = [];
    private static readonly double First = Math.Log2(1001);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.07)]
    [InlineData(0.35)]
    [InlineData(1)]
    public void The_best_error_is_the_public_score_of_the_Ladder(double step)
    {
        var rule = new ReleaseRule(0.001, step, double.PositiveInfinity);
        for (ulong seed = 0; seed < 200; seed++)
        {
            // Half of the errors are near a multiple of the step, where the rounding of doubles decides.
            var mix = new SplitMix(seed << 32);
            var error = 1.0;
            double[] errors =
            [
                .. Enumerable
                    .Range(0, 60)
                    .Select(_ => error = Math.Clamp(error + ((mix.NextDouble() - 0.6) * 0.06), 0, 1))
                    .Select(e => mix.Below(2) == 0 ? e : Math.Min(1, Math.Floor(e / step) * step)),
            ];
            var scores = Ladder.ComputePublicScores(errors, step);
            var transcript = Transcript.Empty;

            for (var t = 0; t < errors.Length; t++)
            {
                var release = rule.Decide(transcript, errors[t], Nothing);
                var before = transcript.BestError;
                transcript = rule.Add(transcript, release, errors[t], Nothing);

                Assert.Equal(scores[t], transcript.BestError);
                Assert.Equal(before != scores[t], release.Outcome == ReleaseOutcome.Shown);
            }
        }
    }

    [Fact]
    public void The_first_score_costs_its_numbers_and_a_later_one_a_bit_and_its_differences()
    {
        var rule = new ReleaseRule(0.001, 0.001, 1000);
        var first = Splits(0.2, 0.19, 0.212);

        var release = rule.Decide(Transcript.Empty, 0.2, first);
        var transcript = rule.Add(Transcript.Empty, release, 0.2, first);

        Assert.Equal(new Release(ReleaseOutcome.Shown, 3 * First), release);
        Assert.Equal(0.2, transcript.BestError!.Value, 1e-12);

        // The error falls by 2 steps, the distance to the lower limit stays 10, that to the upper limit becomes 13 instead of 12.
        var second = Splits(0.198, 0.188, 0.211);
        release = rule.Decide(transcript, 0.198, second);

        Assert.Equal(ReleaseOutcome.Shown, release.Outcome);
        Assert.Equal(1 + 1 + Math.Log2(24) + 1 + 3, release.Bits, 1e-9);
        transcript = rule.Add(transcript, release, 0.198, second);
        Assert.Equal((3 * First) + 1 + 1 + Math.Log2(24) + 1 + 3, transcript.Bits, 1e-9);
        Assert.Equal(second["test"], transcript.Last["test"]);
    }

    [Fact]
    public void No_improvement_costs_one_bit_and_changes_nothing_else()
    {
        var rule = new ReleaseRule(0.001, 0.01, 1000);
        var transcript = rule.Add(Transcript.Empty, new Release(ReleaseOutcome.Shown, 10), 0.2, Splits(0.2));

        var release = rule.Decide(transcript, 0.19, Splits(0.19));

        Assert.Equal(new Release(ReleaseOutcome.NoImprovement, 1), release);
        Assert.Equal(transcript with { Bits = 11 }, rule.Add(transcript, release, 0.19, Splits(0.19)));
        Assert.Equal(ReleaseOutcome.Shown, rule.Decide(transcript, 0.1899, Splits(0.19)).Outcome);
    }

    [Fact]
    public void A_submission_that_does_not_rank_is_not_shown_and_costs_nothing()
    {
        var rule = new ReleaseRule(0.001, 0.001, 100);

        Assert.Equal(new Release(ReleaseOutcome.NoImprovement, 0), rule.Decide(Transcript.Empty, null, Splits(0.1)));
        Assert.Throws<ArgumentException>(() => rule.Add(Transcript.Empty, new Release(ReleaseOutcome.Shown, 1), null, Splits(0.1)));
    }

    /// <summary>Otherwise the end of the budget would be an answer about the labels.</summary>
    [Fact]
    public void The_end_of_the_budget_depends_on_no_score()
    {
        var rule = new ReleaseRule(0.001, 0.001, 3 * First);
        var transcript = new Transcript(10, 0.5, new Dictionary<string, ErrorEstimate> { ["test"] = new(0.5, 0.4, 0.6) });

        foreach (var error in new[] { 0, 0.499, 0.5, 1 })
        {
            Assert.Equal(
                new Release(ReleaseOutcome.BudgetUsed, 0),
                rule.Decide(transcript, error, Splits(error, Math.Max(0, error - 0.1), Math.Min(1, error + 0.1)))
            );
        }

        Assert.Equal(ReleaseOutcome.NoImprovement, rule.Decide(transcript, 0.5, Splits(0.5)).Outcome);
        Assert.Equal(ReleaseOutcome.Shown, rule.Decide(Transcript.Empty, 0.5, Splits(0.5, 0.4, 0.6)).Outcome);
    }

    [Theory]
    [InlineData(0.001, 0.002)]
    [InlineData(0.07, 0.07)]
    [InlineData(0.35, 0.01)]
    public void No_answer_exceeds_its_worst_case_or_the_budget(double step, double ladder)
    {
        var disclosure = new Disclosure(DisclosureLevel.Guarded, step);
        var rule = new ReleaseRule(step, ladder, 200);
        for (ulong seed = 0; seed < 200; seed++)
        {
            var mix = new SplitMix(seed << 32);
            var transcript = Transcript.Empty;
            for (var t = 0; t < 60; t++)
            {
                var error = mix.NextDouble();
                var splits = Enumerable
                    .Range(0, 1 + mix.Below(3))
                    .ToDictionary(
                        s => $"test{s}",
                        s =>
                        {
                            var split = mix.NextDouble();
                            var estimate = new ErrorEstimate(split, split * mix.NextDouble(), split + ((1 - split) * mix.NextDouble()));
                            return disclosure.Round(mix.Below(5) == 0 ? new ErrorEstimate(split, null, null) : estimate);
                        }
                    );
                var most = rule.ComputeWorstCaseBits(transcript, splits);

                var release = rule.Decide(transcript, error, splits);

                Assert.InRange(release.Bits, 0, most + 1e-9);
                Assert.Equal(transcript.Bits + most > 200, release.Outcome == ReleaseOutcome.BudgetUsed);
                transcript = rule.Add(transcript, release, error, splits);
                Assert.InRange(transcript.Bits, 0, 200);
            }
        }
    }

    [Fact]
    public void A_detailed_report_is_refused_if_it_exceeds_the_budget()
    {
        var rule = new ReleaseRule(0.001, 0.001, 100);

        var transcript = rule.AddDetail(Transcript.Empty, 60);

        Assert.Equal(60, transcript!.Bits);
        Assert.Equal(100, rule.AddDetail(transcript, 40)!.Bits);
        Assert.Null(rule.AddDetail(transcript, 41));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.AddDetail(transcript, double.NaN));
    }

    /// <summary>A limit that was lowered, or new labels, may leave a participant above it.</summary>
    [Fact]
    public void A_detailed_report_that_costs_nothing_is_allowed_above_the_budget()
    {
        var rule = new ReleaseRule(0.001, 0.001, 100);
        var transcript = Transcript.Empty with { Bits = 101 };

        Assert.Equal(transcript, rule.AddDetail(transcript, 0));
        Assert.Null(rule.AddDetail(transcript, double.Epsilon));
    }

    [Fact]
    public void Numbers_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseRule(0, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseRule(0.1, 1.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseRule(0.1, 0.1, double.NaN));
        var rule = new ReleaseRule(0.1, 0.1, 100);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Decide(Transcript.Empty, double.NaN, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Decide(Transcript.Empty, 0.5, Splits(1.2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Decide(Transcript.Empty, 0.5, Splits(0.5, double.NaN, 1)));
    }

    private static Dictionary<string, ErrorEstimate> Splits(double error, double? lower = null, double? upper = null) =>
        new() { ["test"] = new(error, lower, upper) };
}
