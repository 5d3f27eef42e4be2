using Coos.Shared.Randomness;

namespace Coos.Shared.Tests.Randomness;

public sealed class RandomStreamTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(24.9)]
    [InlineData(25.1)]
    [InlineData(400)]
    public void Poisson_counts_have_the_requested_mean_and_variance(double mean)
    {
        var random = new RandomStream(3, (ulong)mean);
        double[] counts = [.. Enumerable.Range(0, Draws).Select(_ => random.Poisson(mean))];

        AssertMoments(counts, mean, Math.Sqrt(mean));
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new RandomStream(4);

        AssertMoments([.. Enumerable.Range(0, Draws).Select(_ => random.Normal())], 0, 1);
    }

    [Fact]
    public void Directions_are_uniform_unit_vectors()
    {
        var random = new RandomStream(5);
        var directions = Enumerable.Range(0, Draws).Select(_ => random.Direction()).ToArray();

        Assert.All(directions, d => Assert.Equal(1, (d.X * d.X) + (d.Y * d.Y), 1e-12));
        AssertMoments([.. directions.Select(d => d.X)], 0, Math.Sqrt(0.5));
        AssertMoments([.. directions.Select(d => d.Y)], 0, Math.Sqrt(0.5));
    }

    [Fact]
    public void Streams_with_equal_keys_agree_and_with_different_keys_differ()
    {
        Assert.Equal(new RandomStream(1, 2, 3).NextBits(), new RandomStream(1, 2, 3).NextBits());
        var first = Enumerable
            .Range(0, 1000)
            .Select(i => new RandomStream(1, 2, (ulong)i).NextBits())
            .Concat(Enumerable.Range(0, 1000).Select(i => new RandomStream(1, (ulong)i + 3).NextBits()));
        Assert.Equal(2000, first.Distinct().Count());
    }

    /// <summary>Checks within five standard errors; that of the variance is the normal's, which is accurate enough here.</summary>
    private static void AssertMoments(double[] values, double mean, double deviation)
    {
        var average = values.Average();
        var variance = values.Average(v => (v - average) * (v - average));
        Assert.Equal(mean, average, 5 * deviation / Math.Sqrt(Draws));
        Assert.Equal(1, variance / (deviation * deviation), 10 * Math.Sqrt(2.0 / Draws));
    }
}
