using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Ties_share_their_mean_rank()
    {
        // The first is the example in the documentation of scipy.stats.spearmanr; the second is worked out by hand.
        Assert.Equal(0.8207826816681233, RankCorrelation.Compute([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])!.Value, 1e-12);
        Assert.Equal(-0.5, RankCorrelation.Compute([1, 2, 2, 5], [4, 1, 3, 3])!.Value, 1e-12);
    }

    [Fact]
    public void A_rising_function_has_correlation_1_and_a_constant_has_none()
    {
        Assert.Equal(1, RankCorrelation.Compute([1, 2, 3], [1, 10, 11]));
        Assert.Equal(-1, RankCorrelation.Compute([1, 2, 3], [3, 2, 1]));
        Assert.Null(RankCorrelation.Compute([1, 2, 3], [4, 4, 4]));
        Assert.Null(RankCorrelation.Compute([], []));
    }

    [Fact]
    public void The_bootstrap_draws_groups_as_a_whole()
    {
        string[] groups = ["a", "a", "b", "b", "c", "c", "d", "d"];
        var drawn = RankCorrelation.Bootstrap(
            groups,
            entries =>
            {
                Assert.All(groups.Distinct(), g => Assert.Equal(0, entries.Count(i => groups[i] == g) % 2));
                return entries.Count(i => groups[i] == "a") / 2.0;
            }
        );

        // The number of draws of one of four groups among four draws is at most 3 in 99.6% of cases.
        Assert.Equal((0, 3), (drawn!.Value.Lower, drawn.Value.Upper));
        Assert.Null(RankCorrelation.Bootstrap(["a", "b"], _ => 1));
        Assert.Null(RankCorrelation.Bootstrap(groups, _ => null));
    }
}
