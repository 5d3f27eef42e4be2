using Coos.Evaluator.Disclosures;

namespace Coos.Evaluator.Tests.Disclosures;

/// <summary>The slope of the difference between the parts over the number of tries.</summary>
public sealed class OverfittingGaugeTests
{
    /// <summary>The values of statsmodels 0.13.5, WLS(d, [1, log2(tries)], weights=1/v).</summary>
    [Fact]
    public void The_slope_and_its_interval_equal_those_of_statsmodels()
    {
        double[] differences = [0.004, 0.011, -0.002, 0.019, 0.025, 0.008];
        double[] variances = [1e-4, 4e-5, 9e-5, 2.5e-5, 6e-5, 1e-4];
        int[] tries = [1, 4, 2, 16, 60, 7];

        var gauge = OverfittingGauge
            .Fit([.. tries.Select((t, i) => (new PartDifference(differences[i], variances[i], PartDifference.MaximumDegrees), t))])!
            .Value;

        Assert.Equal(6, gauge.Submitters);
        Assert.Equal(0.00434701, gauge.SlopePerDoubling, 8);
        Assert.Equal(0.0019470373539152174, gauge.Interval.Lower, 12);
        Assert.Equal(0.006746985224378025, gauge.Interval.Upper, 12);
    }

    [Fact]
    public void Fewer_than_five_submitters_or_equal_tries_have_no_slope()
    {
        Assert.Null(OverfittingGauge.Fit([.. Enumerable.Range(1, 4).Select(t => (Difference(0), t))]));
        Assert.Null(OverfittingGauge.Fit([.. Enumerable.Range(1, 9).Select(_ => (Difference(0), 3))]));
        Assert.Null(OverfittingGauge.Fit([]));
    }

    /// <summary>
    /// All differences share an error, because all entries have the same images; each has one of its own. The true slope is 0.3 points.
    /// </summary>
    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(40)]
    public void The_interval_covers_the_slope_in_95_of_100_simulations(int submitters)
    {
        const int Repetitions = 4000;
        var random = new Random(submitters);
        var covered = 0;
        for (var r = 0; r < Repetitions; r++)
        {
            var shared = 0.01 * Normal(random);
            var gauge = OverfittingGauge.Fit([
                .. Enumerable
                    .Range(0, submitters)
                    .Select(_ =>
                    {
                        var (tries, deviation) = (1 + random.Next(100), 0.004 * (0.5 + random.NextDouble()));
                        var value = shared + (0.003 * Math.Log2(tries)) + (deviation * Normal(random));
                        return (new PartDifference(value, deviation * deviation, 100), tries);
                    }),
            ]);
            covered += gauge!.Value.Interval is { } i && i.Lower <= 0.003 && i.Upper >= 0.003 ? 1 : 0;
        }

        Assert.InRange(covered / (double)Repetitions, 0.935, 0.965);
    }

    private static PartDifference Difference(double value) => new(value, 1e-4, 100);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
