using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class RankComputationTests
{
    /// <summary>By hand: 4 · 0.005, 3 · 0.01, 2 · 0.03, then 0.04, which must not fall below.</summary>
    [Fact]
    public void Holm_follows_the_definition()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];

        double[] adjusted = RankIntervals.AdjustByHolm([0.01, 0.04, 0.03, 0.005]);

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], adjusted[i], 1e-12);
        }
    }

    [Fact]
    public void Entries_that_differ_from_all_others_have_a_single_rank()
    {
        var ranks = RankIntervals.Compute([0.3, 0.1, 0.2], (_, _) => 1e-6);

        Assert.Equal([new(3, 3, 3, false), new(1, 1, 1, true), new(2, 2, 2, false)], ranks);
    }

    [Fact]
    public void Statistically_tied_entries_can_have_any_rank()
    {
        var ranks = RankIntervals.Compute([0.3, 0.1, 0.2], (_, _) => 0.5);

        Assert.Equal([new(3, 1, 3, true), new(1, 1, 3, true), new(2, 1, 3, true)], ranks);
    }

    /// <summary>
    /// The third is significantly worse than the second, but not worse than the first. The first is better than the second, so it counts
    /// as better than the third.
    /// </summary>
    [Fact]
    public void Significance_is_transitive()
    {
        var ranks = RankIntervals.Compute([0.3, 0.1, 0.2], (i, j) => i + j == 1 ? 0.5 : 0.001);

        Assert.Equal([new(3, 3, 3, false), new(1, 1, 1, true), new(2, 2, 2, false)], ranks);
    }

    /// <summary>Compares with the definition: entries from which a chain of significant differences leads to this one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Intervals_count_all_chains_of_significant_differences(int seed)
    {
        var random = new Random(seed);
        double[] errors = [.. Enumerable.Range(0, 70).Select(_ => random.Next(40) / 40.0)];
        double[] RandomRow() => [.. Enumerable.Range(0, 70).Select(_ => random.Next(12) == 0 ? 1e-9 : 1.0)];
        double[][] p = [.. Enumerable.Range(0, 70).Select(_ => RandomRow())];

        var ranks = RankIntervals.Compute(errors, (i, j) => p[i][j]);

        HashSet<int> Better(int i) =>
            [
                .. Enumerable
                    .Range(0, 70)
                    .Where(j => errors[j] < errors[i] && p[Math.Min(i, j)][Math.Max(i, j)] < 0.5)
                    .SelectMany(j => Better(j).Append(j)),
            ];
        HashSet<int>[] better = [.. Enumerable.Range(0, 70).Select(Better)];
        Assert.Equal(better.Select(b => 1 + b.Count), ranks.Select(r => r.Lowest));
        Assert.Equal(Enumerable.Range(0, 70).Select(i => 70 - better.Count(b => b.Contains(i))), ranks.Select(r => r.Highest));
        Assert.Equal(better.Select(b => b.Count == 0), ranks.Select(r => r.IsAmongBest));
    }

    [Fact]
    public void Equal_entries_share_a_rank()
    {
        var ranks = RankIntervals.Compute([0.1, 0.2, 0.2, 0.3], (i, j) => i == 0 || j == 3 ? 0.001 : 1);

        Assert.Equal([new(1, 1, 1, true), new(2, 2, 3, false), new(2, 2, 3, false), new(4, 4, 4, false)], ranks);
    }

    [Fact]
    public void A_single_entry_is_first()
    {
        Assert.Equal([new(1, 1, 1, true)], RankIntervals.Compute([0.5], (_, _) => throw new InvalidOperationException()));
        Assert.Empty(RankIntervals.Compute([], (_, _) => 0));
    }

    [Fact]
    public void A_missing_score_is_rejected() =>
        Assert.Throws<ArgumentException>(() => RankIntervals.Compute([0.5, double.NaN], (_, _) => 1));

    [Fact]
    public void The_ranking_test_of_one_split_equals_the_test_of_the_split()
    {
        ushort[] actual = [.. Enumerable.Range(0, 60).Select(i => (ushort)(i % 3))];
        ushort[] other = [.. actual.Select((k, i) => (ushort)(i % 7 == 0 ? (k + 1) % 3 : k))];
        var map = new CorrectnessMap(actual, 3);
        var (first, second) = (new int[3], new int[3]);
        map.Count(map.Encode(actual), map.Encode(other), first, second);

        Assert.Equal(PairTest.Compute(map, first, second), RankingTest.ComputeByImage([(map, first, second)]));
        var twice = RankingTest.ComputeByImage([(map, first, second), (map, first, second)]);
        Assert.Equal(PairTest.Compute(map, first, second).Difference, twice.Difference, 1e-12);
        Assert.Equal(Math.Pow(2, -2 * first.Sum()), twice.P, 1e-9);
    }

    [Fact]
    public void Clusters_of_several_splits_flip_together()
    {
        var test = RankingTest.ComputeByCluster([
            [.1, .2, 0],
            [.3, .2],
        ]);

        Assert.Equal(0.4, test.Difference, 1e-12);
        Assert.Equal(1 / 16.0, test.P, 1e-12);
    }
}
