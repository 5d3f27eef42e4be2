using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Tests.Support;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

public sealed class InitialisationTests
{
    [Fact]
    public void DeepLoc_is_initialised_with_a_truncated_normal_and_biases_of_0_1()
    {
        Libtorch.Require();
        torch.manual_seed(1);
        using var network = new DeepLocNetwork(2, 7);
        using var scope = torch.NewDisposeScope();

        var parameters = network.named_parameters().Where(p => !p.name.StartsWith("bn", StringComparison.Ordinal));
        foreach (var (name, parameter) in parameters)
        {
            if (name.EndsWith(".bias", StringComparison.Ordinal))
            {
                Assert.All(Values(parameter), v => Assert.Equal(0.1f, v));
                continue;
            }

            // Truncation at two deviations leaves 0.87963 of the deviation; the error of n draws is about 0.5 / sqrt(n).
            var values = Values(parameter);
            var tolerance = 5 * 0.1 / Math.Sqrt(values.Length);
            Assert.InRange(values.Average(), -tolerance, tolerance);
            Assert.InRange(Math.Sqrt(values.Average(v => (double)v * v)), 0.087963 - tolerance, 0.087963 + tolerance);
            Assert.InRange(values.Max(Math.Abs), 0.15, 0.2001);
        }
    }

    [Fact]
    public void Paired_cell_inpainting_is_initialised_with_Glorot_uniform()
    {
        Libtorch.Require();
        torch.manual_seed(1);
        using var network = new PciNetwork();
        using var scope = torch.NewDisposeScope();

        foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.Contains("conv", StringComparison.Ordinal)))
        {
            var values = Values(parameter);
            if (name.EndsWith(".bias", StringComparison.Ordinal))
            {
                Assert.All(values, v => Assert.Equal(0, v));
                continue;
            }

            var area = parameter.shape[2] * parameter.shape[3];
            var limit = Math.Sqrt(6.0 / (area * (parameter.shape[0] + parameter.shape[1])));
            Assert.InRange(values.Max(Math.Abs), 0.9 * limit, 1.0001 * limit);
        }
    }

    private static float[] Values(torch.Tensor parameter) => parameter.detach().contiguous().data<float>().ToArray();
}
