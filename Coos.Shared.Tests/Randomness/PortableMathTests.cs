using Coos.Shared.Randomness;

namespace Coos.Shared.Tests.Randomness;

public sealed class PortableMathTests
{
    [Fact]
    public void Exp_and_Log_agree_with_the_platform_to_the_last_digits()
    {
        var random = new RandomStream(1);
        for (var i = 0; i < 100_000; i++)
        {
            var x = random.Uniform(-700, 700);
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-15);
            var y = Math.Exp(x);
            Assert.Equal(Math.Log(y), PortableMath.Log(y), 2e-13);
        }

        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(0, PortableMath.Exp(-1000));
        Assert.Equal(0, PortableMath.Log(1));
    }

    [Fact]
    public void Exp_and_Log_give_the_same_bits_on_every_machine()
    {
        Assert.Equal("3FF568D38D3C6DA6", Bits(PortableMath.Exp(0.291245)));
        Assert.Equal("BFE62E42FEFA39EF", Bits(PortableMath.Log(0.5)));
    }

    private static string Bits(double value) =>
        BitConverter.DoubleToInt64Bits(value).ToString("X16", System.Globalization.CultureInfo.InvariantCulture);
}
