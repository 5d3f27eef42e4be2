using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class SignFlipTests
{
    /// <summary>By hand: of 2^n patterns, those further away count 1, those equally far 1/2.</summary>
    [Theory]
    [InlineData(1, 1, 1 / 2.0)]
    [InlineData(4, 4, 1 / 16.0)]
    [InlineData(5, 5, 1 / 32.0)]
    [InlineData(5, 3, 7 / 32.0)]
    [InlineData(8, 6, 10 / 256.0)]
    [InlineData(6, 0, 1.0)]
    public void Equal_weights_give_the_binomial_mid_p(int flips, int observed, double p)
    {
        Assert.Equal(p, SignFlip.ComputeByImage([flips], [1], observed), 1e-12);
        Assert.Equal(p, SignFlip.ComputeByImage([flips], [1], -observed), 1e-12);
        var values = Enumerable.Range(0, flips).Select(i => i < (flips + observed) / 2 ? 0.25 : -0.25);
        Assert.Equal(p, SignFlip.ComputeByCluster([.. values]), 1e-12);
    }

    /// <summary>Counts every pattern of up to twelve flips of random weights one by one.</summary>
    [Fact]
    public void Enumeration_counts_every_pattern()
    {
        var mix = new SplitMix(11);
        for (var trial = 0; trial < 50; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 2 + mix.Below(11)).Select(_ => (mix.Below(9) - 4) / 7.0)];
            var observed = Math.Abs(values.Sum());
            var (further, equallyFar) = (0, 0);
            for (var pattern = 0; pattern < 1 << values.Length; pattern++)
            {
                var sum = Math.Abs(values.Select((v, i) => (pattern >> i & 1) == 0 ? v : -v).Sum());
                further += sum > observed + 1e-9 ? 1 : 0;
                equallyFar += Math.Abs(sum - observed) <= 1e-9 ? 1 : 0;
            }

            var expected = observed < 1e-9 ? 1 : (further + (equallyFar / 2.0)) / (1 << values.Length);
            Assert.Equal(expected, SignFlip.ComputeByCluster(values), 1e-9);
        }
    }

    /// <summary>Enumerating the heaviest flips is accurate where few of them decide, which a smooth formula alone is not.</summary>
    [Theory]
    [InlineData(new[] { 20, 30, 15 }, new[] { 0.1, 0.07, 0.03 })]
    [InlineData(new[] { 5, 220 }, new[] { 0.1, 0.0005 })]
    [InlineData(new[] { 60, 40, 9 }, new[] { 0.0137, 0.0197, 0.0503 })]
    [InlineData(new[] { 2, 3, 150 }, new[] { 0.25, 0.1, 0.002 })]
    public void Enumerating_the_heaviest_flips_agrees_with_full_enumeration(int[] counts, double[] weights)
    {
        var deviation = Math.Sqrt(counts.Zip(weights, (n, w) => n * w * w).Sum());
        var (furthest, groups) = (counts.Zip(weights, (n, w) => n * w).Sum(), new FlipGroups(counts, weights));

        foreach (var z in new[] { 0.5, 1, 1.5, 2, 2.5, 3 })
        {
            // Between the possible sums the exact p is a step, and the approximation a curve through it.
            var distance = FindPossibleSum(counts, weights, Math.Min(z * deviation, furthest));
            var exact = groups.ComputeMidPByEnumeration(distance)!.Value;
            Assert.Equal(1, groups.ComputeMidPByHeaviest(distance) / exact, 0.02);
        }
    }

    /// <summary>The example of the audit: 5 discordant images of a class of 5, 220 of a class of 1,000.</summary>
    [Fact]
    public void A_tiny_class_beside_a_large_one_has_the_exact_p()
    {
        // 5 and 90 only right by the first, 130 only by the second: 0.0623 by enumeration; the normal distribution says 0.0319.
        double[] weights = [1 / 10.0, 1 / 2000.0];

        var p = SignFlip.ComputeByImage([5, 220], weights, (5 * weights[0]) - (40 * weights[1]));

        Assert.Equal(0.0623, p, 0.00005);
    }

    /// <summary>
    /// Seven classes of the sizes in test1 of the simulated benchmark, with few enough discordant images for enumeration. The
    /// sums form clusters, and a curve through the middle of a cluster is wrong at its edges.
    /// </summary>
    [Fact]
    public void The_lattice_p_is_accurate_for_classes_of_nearly_equal_size()
    {
        int[] counts = [7, 6, 7, 6, 7, 6, 7];
        double[] weights = [.. new[] { 151, 143, 146, 150, 152, 149, 145 }.Select(n => 1.0 / (n * 7))];
        var groups = new FlipGroups(counts, weights);
        var mix = new SplitMix(5);
        for (var trial = 0; trial < 200; trial++)
        {
            // A sum that can occur.
            var distance = Math.Abs(counts.Zip(weights, (n, w) => Enumerable.Range(0, n).Sum(_ => mix.Below(3) == 0 ? -w : w)).Sum());
            var exact = groups.ComputeMidPByEnumeration(distance)!.Value;

            Assert.Equal(1, groups.ComputeMidPByLattice(distance)!.Value / exact, 0.03);
        }
    }

    [Theory]
    [InlineData(new[] { 60, 40, 9 }, new[] { 0.0101, 0.0197, 0.0503 }, true)]
    [InlineData(new[] { 60, 40, 9 }, new[] { 1.0, 2, 5 }, true)]
    [InlineData(new[] { 20, 30, 15 }, new[] { 0.1, 0.07, 0.03 }, false)]
    [InlineData(new[] { 1, 3 }, new[] { 1e-17, 1e-2 }, true)]
    [InlineData(new[] { 3, 1 }, new[] { 1e-17, 1e-2 }, false)]
    public void Weights_that_are_not_multiples_of_one_unit_are_detected(int[] counts, double[] weights, bool areMultiples)
    {
        var groups = new FlipGroups(counts, weights);
        var distance = 2.1 * Math.Sqrt(counts.Zip(weights, (n, w) => n * w * w).Sum());
        distance = Math.Min(distance, 0.9 * counts.Zip(weights, (n, w) => n * w).Sum());

        var p = groups.ComputeMidPByLattice(distance);

        Assert.Equal(areMultiples, p is not null);
        var exact = groups.ComputeMidPByEnumeration(distance)!.Value;
        Assert.True(p is null || Math.Abs((p.Value / exact) - 1) < 0.05, $"{p}, {exact}");
    }

    [Fact]
    public void Many_classes_of_different_sizes_use_the_approximation()
    {
        int[] counts = [20, 21, 22, 23, 24, 25, 26];
        double[] weights = [.11, .093, .071, .05, .041, .037, .029];

        var p = SignFlip.ComputeByImage(counts, weights, 1.6);

        Assert.Null(new FlipGroups(counts, weights).ComputeMidPByEnumeration(1.6));
        Assert.Equal(Normal.TwoSided(1.6 / Math.Sqrt(counts.Zip(weights, (n, w) => n * w * w).Sum())), p, 0.003);
        var largest = counts.Zip(weights, (n, w) => n * w).Sum();
        Assert.Equal(Math.Pow(2, -counts.Sum()), SignFlip.ComputeByImage(counts, weights, largest), 1e-60);
    }

    /// <summary>Finds the sum of signs nearest to a distance, with the flips of the first groups as far as possible.</summary>
    private static double FindPossibleSum(int[] counts, double[] weights, double distance)
    {
        var sum = 0.0;
        for (var k = 0; k < counts.Length; k++)
        {
            var wanted = (distance - sum) / weights[k];
            var heads = Math.Clamp((int)Math.Round((wanted + counts[k]) / 2), 0, counts[k]);
            sum += ((2 * heads) - counts[k]) * weights[k];
        }

        return Math.Abs(sum);
    }

    [Fact]
    public void Without_discordant_images_the_p_is_1() => Assert.Equal(1, SignFlip.ComputeByImage([], [], 0));
}
