using Coos.Evaluator.Dials;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Dials;

public sealed class LossPointTests
{
    [Fact]
    public void The_point_is_interpolated_between_the_levels_on_either_side()
    {
        var point = LossPoint.Find([
            (0, 0, default),
            (1, 0.02, new Interval(0.01, 0.03)),
            (2, 0.08, new Interval(0.04, 0.12)),
            (4, 0.2, new Interval(0.15, 0.25)),
        ]);

        Assert.Equal(1.5, point.Amount!.Value, 1e-12);
        Assert.Equal(1 + (0.02 / 0.09), point.Lower!.Value, 1e-12);
        Assert.Equal(2 + (2 * 0.01 / 0.11), point.Upper!.Value, 1e-12);
    }

    [Fact]
    public void A_curve_that_stays_below_the_limit_has_no_point_but_may_have_a_lower_limit()
    {
        var point = LossPoint.Find([(0, 0, default), (1, 0.04, new Interval(-0.02, 0.1))]);

        Assert.Null(point.Amount);
        Assert.Equal(0.5, point.Lower!.Value, 1e-12);
        Assert.Null(point.Upper);
    }

    [Fact]
    public void The_first_crossing_counts()
    {
        var point = LossPoint.Find([(0, 0, default), (1, 0.1, new(0.1, 0.1)), (2, 0, new(0, 0)), (3, 0.2, new(0.2, 0.2))]);

        Assert.Equal(0.5, point.Amount!.Value, 1e-12);
    }

    [Fact]
    public void A_limit_of_nothing_is_rejected() => Assert.Throws<ArgumentOutOfRangeException>(() => LossPoint.Find([], 0));
}
