using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class LadderAlgorithmTests
{
    private const double Tolerance = 1e-12;

    /// <summary>By hand, from algorithm 1: a score is shown only if it is below the last one shown by more than 0.01.</summary>
    [Theory]
    [InlineData("0.204", "0.20")]
    [InlineData("0.20 0.195 0.191 0.19", "0.20 0.20 0.20 0.20")]
    [InlineData("0.20 0.189 0.185", "0.20 0.19 0.19")]
    [InlineData("0.20 0.25 0.10 0.30", "0.20 0.20 0.10 0.10")]
    [InlineData("0.2049 0.1899", "0.20 0.19")]
    [InlineData("0.20 0.20 0.20", "0.20 0.20 0.20")]
    [InlineData("0 0 1", "0 0 0")]
    [InlineData("1 0", "1 0")]
    [InlineData("0.004", "0")]
    [InlineData("0.30 0.29 0.28999", "0.30 0.30 0.29")]
    public void A_score_is_shown_only_if_it_beats_the_last_by_more_than_the_step(string errors, string shown) =>
        Equal(Numbers(shown), Ladder.ComputePublicScores(Numbers(errors), 0.01));

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.07)]
    [InlineData(0.35)]
    [InlineData(1)]
    public void Public_scores_fall_by_at_least_a_step_and_stay_near_the_best(double step)
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var errors = Walk(seed, 60);

            var shown = Ladder.ComputePublicScores(errors, step);

            var best = double.PositiveInfinity;
            for (var t = 0; t < shown.Length; t++)
            {
                best = Math.Min(best, errors[t]);
                Assert.InRange(shown[t], best - step - Tolerance, best + step + (step * 1e-8));
                Assert.InRange(shown[t], 0, 1);
                var moved = t == 0 ? step : shown[t - 1] - shown[t];
                Assert.True(moved == 0 || moved >= step - Tolerance, $"seed {seed}, submission {t}: the score moved by {moved}.");
            }
        }
    }

    /// <summary>Later submissions do not change the scores that were shown before.</summary>
    [Fact]
    public void Later_submissions_do_not_change_earlier_scores()
    {
        var errors = Walk(7, 40);
        var all = Ladder.ComputePublicScores(errors, 0.02);

        for (var count = 0; count <= errors.Length; count++)
        {
            Assert.Equal(all[..count], Ladder.ComputePublicScores(errors[..count], 0.02));
        }
    }

    [Fact]
    public void An_empty_sequence_has_no_scores()
    {
        Assert.Empty(Ladder.ComputePublicScores([], 0.01));
        Assert.Empty(Ladder.ComputePublicScores([], 100, (_, _) => 0));
    }

    /// <summary>
    /// The paper's boosting attack: random submissions are sent, and the lucky ones are kept. The best error drifts away from 50%,
    /// but the Ladder shows at most one step.
    /// </summary>
    [Fact]
    public void Repeated_guessing_does_not_improve_the_score()
    {
        var mix = new SplitMix(3);
        var errors = new double[500];
        for (var t = 0; t < errors.Length; t++)
        {
            var wrong = 0;
            for (var i = 0; i < 1000; i++)
            {
                wrong += mix.Below(2);
            }

            errors[t] = wrong / 1000.0;
        }

        Assert.True(errors.Min() < 0.46);
        Assert.Equal(0.5, Ladder.ComputePublicScores(errors, 0.05)[^1], Tolerance);
    }

    /// <summary>By hand, from algorithm 2 of the paper, with a standard error of 0.02 for every pair.</summary>
    [Theory]
    [InlineData("0.303", "0.30")]
    [InlineData("0.30 0.285 0.28 0.279", "0.30 0.30 0.30 0.28")]
    [InlineData("0.30 0.20 0.19 0.25 0.11", "0.30 0.20 0.20 0.20 0.11")]
    public void Without_a_step_the_standard_error_decides(string errors, string shown) =>
        Equal(Numbers(shown), Ladder.ComputePublicScores(Numbers(errors), 100, (_, _) => 0.02));

    [Fact]
    public void Each_submission_is_compared_with_the_last_one_shown()
    {
        List<(int, int)> compared = [];

        _ = Ladder.ComputePublicScores(
            [0.5, 0.49, 0.3, 0.4, 0.1],
            100,
            (candidate, last) =>
            {
                compared.Add((candidate, last));
                return 0.05;
            }
        );

        Assert.Equal([(1, 0), (2, 0), (3, 2), (4, 2)], compared);
    }

    [Fact]
    public void Equal_submissions_show_the_same_score() =>
        Equal([0.25, 0.25, 0.25], Ladder.ComputePublicScores([0.25, 0.25, 0.25], 4, (_, _) => 0));

    /// <summary>By hand: class 0 of 4 images differs by 1, 1, -1, 0 (variance 11/12), class 1 of 2 by 1, 0 (variance 1/2).</summary>
    [Fact]
    public void The_standard_error_is_stratified_by_class()
    {
        var map = new CorrectnessMap([0, 0, 0, 0, 1, 1], 3);

        var error = Ladder.ComputeStandardError(map, [2, 1, 0], [1, 0, 0]);

        Assert.Equal(Math.Sqrt((11 / 12.0 / 4) + (1 / 2.0 / 2)) / 2, error, Tolerance);
    }

    [Fact]
    public void Classes_of_one_image_and_identical_submissions_have_no_standard_error()
    {
        Assert.Equal(0, Ladder.ComputeStandardError(new CorrectnessMap([0, 1], 2), [1, 0], [0, 1]));
        Assert.Equal(0, Ladder.ComputeStandardError(new CorrectnessMap([0, 0, 1, 1], 2), [0, 0], [0, 0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_step_out_of_range_is_rejected(double step) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.ComputePublicScores([0.5], step));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void An_error_out_of_range_is_rejected(double error)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.ComputePublicScores([0.5, error], 0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.ComputePublicScores([0.5, error], 10, (_, _) => 0));
    }

    [Fact]
    public void Images_and_standard_errors_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.ComputePublicScores([0.5], 0, (_, _) => 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.ComputePublicScores([0.5, 0.4], 10, (_, _) => double.NaN));
    }

    private static double[] Walk(ulong seed, int count)
    {
        var mix = new SplitMix(seed << 32);
        var error = 1.0;
        return [.. Enumerable.Range(0, count).Select(_ => error = Math.Clamp(error + ((mix.NextDouble() - 0.6) * 0.06), 0, 1))];
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];

    private static void Equal(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected, (e, t) => Assert.Equal(e, actual[t], Tolerance));
    }
}
