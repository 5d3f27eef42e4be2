using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class GeneralisationTests
{
    private static readonly (double Reference, double Shifted)[] Board =
    [
        (.97, .9),
        (.95, .91),
        (.9, .8),
        (.85, .7),
        (.99, .93),
        (.8, .78),
    ];

    /// <summary>
    /// SciPy 1.10.1: <c>scipy.stats.linregress(logit(x), logit(y))</c> and <c>y - expit(intercept + slope * logit(x))</c>.
    /// </summary>
    [Fact]
    public void The_line_and_its_residuals_equal_SciPy()
    {
        double[] residuals =
        [
            0.0032328670581737162,
            0.042074661740738484,
            -0.016156614625066124,
            -0.07689952905313369,
            -0.009867491303778508,
            0.03638160049027894,
        ];

        var line = Assert.IsType<RobustnessLine>(RobustnessLine.Fit(Board));

        Assert.Equal(0.5249045986301321, line.Slope, 1e-12);
        Assert.Equal(0.3371887526480417, line.Intercept, 1e-12);
        for (var i = 0; i < residuals.Length; i++)
        {
            Assert.Equal(residuals[i], line.EffectiveRobustness(Board[i].Reference, Board[i].Shifted), 1e-12);
        }
    }

    [Fact]
    public void Too_few_or_equal_entries_have_no_line()
    {
        Assert.Null(RobustnessLine.Fit(Board[..4]));
        Assert.Null(RobustnessLine.Fit([.. Enumerable.Range(1, 6).Select(i => (0.9, i / 10.0))]));
        Assert.Null(RobustnessLine.Fit([]));
    }

    [Fact]
    public void Accuracies_of_0_and_1_stay_finite()
    {
        var line = RobustnessLine.Fit([(0, 0), (1, 1), .. Board])!;

        Assert.True(double.IsFinite(line.Slope));
        Assert.True(double.IsFinite(line.EffectiveRobustness(1, 0)));
    }

    /// <summary>By hand: 3-4-5 triangles.</summary>
    [Fact]
    public void The_interval_of_a_gap_is_computed_by_MOVER()
    {
        var interval = Generalisation.ComputeGapInterval(0.5, new Interval(0.47, 0.56), 0.2, new Interval(0.12, 0.24));

        Assert.Equal(0.3 - 0.05, interval.Lower, 1e-12);
        Assert.Equal(0.3 + 0.10, interval.Upper, 1e-12);
    }

    [Fact]
    public void The_interval_of_a_mean_is_computed_by_MOVER()
    {
        var interval = Generalisation.ComputeMeanInterval([(0.5, 0.2, new Interval(0.17, 0.26)), (0.5, 0.4, new Interval(0.36, 0.48))]);

        Assert.Equal(0.3 - (Math.Sqrt((0.03 * 0.03) + (0.04 * 0.04)) / 2), interval.Lower, 1e-12);
        Assert.Equal(0.3 + (Math.Sqrt((0.06 * 0.06) + (0.08 * 0.08)) / 2), interval.Upper, 1e-12);
    }

    [Fact]
    public void The_mean_of_one_split_has_the_interval_of_the_split()
    {
        var one = Generalisation.ComputeMeanInterval([(1, 0.2, new Interval(0.1, 0.4))]);

        Assert.Equal(0.1, one.Lower, 1e-12);
        Assert.Equal(0.4, one.Upper, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Generalisation.ComputeMeanInterval([]));
    }

    [Fact]
    public void A_gap_is_at_most_1() =>
        Assert.Equal(new Interval(0, 1), Generalisation.ComputeGapInterval(1, new Interval(0, 1), 0, new Interval(0, 0)));
}
