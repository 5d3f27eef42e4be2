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

    [Theory]
    [InlineData(new[] { 20, 30, 15 }, new[] { 0.1, 0.07, 0.03 })]
    [InlineData(new[] { 60, 40, 9 }, new[] { 0.0101, 0.0197, 0.0503 })]
    [InlineData(new[] { 99, 99 }, new[] { 0.1, 0.033 })]
    public void The_saddle_point_approximation_agrees_with_enumeration(int[] counts, double[] weights)
    {
        var flips = new[] { 1.0, 1.5, 2, 2.5, 3, 4 };
        var deviation = Math.Sqrt(counts.Zip(weights, (n, w) => n * w * w).Sum());
        var groups = new FlipGroups(counts, weights);

        Assert.All(
            flips,
            z =>
            {
                // Between the lattice points the exact tail is a step, and the approximation a curve through its middle.
                var exact = groups.ComputeMidPByEnumeration(z * deviation)!.Value;
                Assert.Equal(1, groups.ComputeMidPBySaddlePoint(z * deviation) / exact, 0.12);
            }
        );
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
        var saddlePointIsOff = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            // A sum that can occur.
            var distance = Math.Abs(counts.Zip(weights, (n, w) => Enumerable.Range(0, n).Sum(_ => mix.Below(3) == 0 ? -w : w)).Sum());
            var exact = groups.ComputeMidPByEnumeration(distance)!.Value;

            Assert.Equal(1, groups.ComputeMidPByLattice(distance)!.Value / exact, 0.03);
            saddlePointIsOff += Math.Abs((groups.ComputeMidPBySaddlePoint(distance) / exact) - 1) > 0.05 ? 1 : 0;
        }

        Assert.True(saddlePointIsOff > 100, $"{saddlePointIsOff}");
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

    [Fact]
    public void Without_discordant_images_the_p_is_1() => Assert.Equal(1, SignFlip.ComputeByImage([], [], 0));
}
