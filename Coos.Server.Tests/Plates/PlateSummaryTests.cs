using Coos.Evaluator.Plates;
using Coos.Evaluator.Statistics;
using Coos.Server.Plates;

namespace Coos.Server.Tests.Plates;

public sealed class PlateSummaryTests
{
    [Fact]
    public void An_effect_of_the_edge_is_said_in_points()
    {
        Assert.Equal(
            "Wells at the edge have 5.1 points more errors than inner wells (p 0.002). No row or column effect shown.",
            PlateSummary.Describe([
                Tested(PositionEffect.Edge, 0.002, 0.0512),
                Tested(PositionEffect.Row, 0.4, 0.02),
                Tested(PositionEffect.Column, 1, 0.01),
            ])
        );
        Assert.StartsWith(
            "Wells at the edge have 2.0 points fewer errors than inner wells (p < 0.001).",
            PlateSummary.Describe([Tested(PositionEffect.Edge, 0.0006, -0.02)]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_row_or_column_that_stands_out_is_named() =>
        Assert.Equal(
            "Rows differ (p 0.010): row AB stands out most, with 12.0 points more errors than the others. "
                + "Columns differ (p 0.050): column 28 stands out most, with 3.0 points fewer errors than the others. "
                + "No edge effect shown.",
            PlateSummary.Describe([
                Tested(PositionEffect.Edge, 0.06, 0.05),
                Tested(PositionEffect.Row, 0.01, 0.12),
                Tested(PositionEffect.Column, 0.05, -0.03),
            ])
        );

    [Fact]
    public void Nothing_shown_is_one_sentence() =>
        Assert.Equal(
            "No edge, row or column effect shown.",
            PlateSummary.Describe([.. Enum.GetValues<PositionEffect>().Select(e => Tested(e, 0.5, 0.01))])
        );

    [Theory]
    [InlineData(UntestedReason.NothingToExchange, "no plate has two wells of the same class whose positions are known")]
    [InlineData(UntestedReason.TooFewWells, "there are too few wells of the same class on a plate")]
    [InlineData(UntestedReason.NoVariation, "all wells of a class have the same share of errors")]
    public void One_reason_for_all_is_said_once(UntestedReason reason, string expected) =>
        Assert.Equal(
            $"Effects of the position on the plate cannot be tested: {expected}.",
            PlateSummary.Describe([.. Enum.GetValues<PositionEffect>().Select(e => Untested(e, reason))])
        );

    [Fact]
    public void An_effect_that_cannot_be_tested_has_its_own_reason() =>
        Assert.Equal(
            "No row effect shown. "
                + "The edge effect cannot be tested: no plate has wells of one class both at the edge and inside. "
                + "The column effect cannot be tested: there are too few wells of the same class on a plate.",
            PlateSummary.Describe([
                Untested(PositionEffect.Edge, UntestedReason.NothingToExchange),
                Tested(PositionEffect.Row, 0.5, 0.01),
                Untested(PositionEffect.Column, UntestedReason.TooFewWells),
            ])
        );

    [Fact]
    public void Effects_with_the_same_reason_share_a_sentence() =>
        Assert.Equal(
            "No edge effect shown. The row and column effects cannot be tested: all wells of a class have the same share of errors.",
            PlateSummary.Describe([
                Tested(PositionEffect.Edge, 0.5, 0.01),
                Untested(PositionEffect.Row, UntestedReason.NoVariation),
                Untested(PositionEffect.Column, UntestedReason.NoVariation),
            ])
        );

    private static PositionTest Tested(PositionEffect effect, double adjusted, double difference) =>
        new()
        {
            Effect = effect,
            P = adjusted / 2,
            AdjustedP = adjusted,
            Differences =
            [
                new PositionDifference(null, 27, difference, new Interval(difference - 0.01, difference + 0.01), 100 * difference),
                new PositionDifference(null, 3, difference / 2, new Interval(0, 1), difference),
            ],
        };

    private static PositionTest Untested(PositionEffect effect, UntestedReason reason) => new() { Effect = effect, Untested = reason };
}
