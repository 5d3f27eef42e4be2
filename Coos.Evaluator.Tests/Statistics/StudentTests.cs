using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class StudentTests
{
    /// <summary><c>qt(0.975, degrees)</c> of R 4.2.</summary>
    [Theory]
    [InlineData(1, 12.706204736174694)]
    [InlineData(2, 4.3026527297494619)]
    [InlineData(3, 3.1824463052837078)]
    [InlineData(4, 2.7764451051977934)]
    [InlineData(7, 2.3646242515927844)]
    [InlineData(10, 2.2281388519862739)]
    [InlineData(29, 2.0452296421327034)]
    [InlineData(30, 2.0422724563012378)]
    [InlineData(49, 2.0095752371292397)]
    [InlineData(1000, 1.9623390808264076)]
    public void Quantiles_equal_SciPy(double degrees, double expected) => Assert.Equal(expected, Student.Quantile975(degrees), 1e-9);

    [Fact]
    public void Degrees_below_1_are_rejected() => Assert.Throws<ArgumentOutOfRangeException>(() => Student.Quantile975(0.5));

    [Theory]
    [InlineData(1.5)]
    [InlineData(40.25)]
    [InlineData(1e6)]
    public void The_tail_beyond_the_quantile_is_2_5_percent(double degrees) =>
        Assert.Equal(0.025, Student.UpperTail(Student.Quantile975(degrees), degrees), 1e-12);
}
