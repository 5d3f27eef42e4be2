using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class StudentTests
{
    /// <summary><c>scipy.stats.t.ppf(0.975, degrees)</c>, SciPy 1.10.</summary>
    [Theory]
    [InlineData(1, 12.706204736432095)]
    [InlineData(2, 4.302652729911275)]
    [InlineData(3, 3.182446305284263)]
    [InlineData(4, 2.7764451051977987)]
    [InlineData(7, 2.3646242510102993)]
    [InlineData(10, 2.2281388519649385)]
    [InlineData(29, 2.045229642132703)]
    [InlineData(30, 2.0422724563012373)]
    [InlineData(49, 2.009575234489209)]
    [InlineData(1000, 1.9623390808264074)]
    public void Quantiles_equal_SciPy(double degrees, double expected) => Assert.Equal(expected, Student.Quantile975(degrees), 1e-7);

    [Fact]
    public void Fractional_degrees_are_rounded_down()
    {
        Assert.Equal(Student.Quantile975(7), Student.Quantile975(7.9));
        Assert.Equal(Student.Quantile975(7), Student.Quantile975(6.9999999999999));
        Assert.Throws<ArgumentOutOfRangeException>(() => Student.Quantile975(0.5));
    }
}
