using System.Text.Json;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Tests.Support;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Compares a training step from fixed weights with PyTorch, and the number of parameters with the papers.</summary>
public sealed class PyTorchTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void DeepLoc_loss_and_gradients_equal_PyTorch()
    {
        Libtorch.Require();
        using var scope = torch.NewDisposeScope();
        var network = new DeepLocNetwork(2, 7);
        Formula.Fill(network);
        network.train();

        var loss = functional.cross_entropy(network.forward(Images([8, 2, 60, 60], 1000)), torch.arange(8) % 7);

        Check("deeploc", network, loss);
    }

    [Fact]
    public void Paired_cell_inpainting_loss_and_gradients_equal_PyTorch()
    {
        Libtorch.Require();
        using var scope = torch.NewDisposeScope();
        var network = new PciNetwork();
        Formula.Fill(network);
        network.train();

        var painted = network.forward(Images([4, 2, 32, 32], 1001), Images([4, 1, 32, 32], 1002));

        Check("pci", network, functional.mse_loss(painted, Images([4, 1, 32, 32], 1003)));
    }

    [Fact]
    public void DeepLoc_has_the_published_number_of_parameters()
    {
        Libtorch.Require();
        static int Convolution(int from, int to) => (3 * 3 * from * to) + to;
        static int Dense(int from, int to) => (from * to) + to;
        static int Norms(params int[] widths) => 2 * widths.Sum();
        var expected =
            Convolution(2, 64)
            + Convolution(64, 64)
            + Convolution(64, 128)
            + Convolution(128, 128)
            + Convolution(128, 256)
            + (3 * Convolution(256, 256))
            + Dense(8 * 8 * 256, 512)
            + Dense(512, 512)
            + Dense(512, 7)
            + Norms(64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 7);

        using var network = new DeepLocNetwork(2, 7);

        Assert.Equal(10_985_237, expected);
        Assert.Equal(expected, Count(network));
    }

    [Fact]
    public void Paired_cell_inpainting_has_the_published_number_of_parameters()
    {
        Libtorch.Require();
        static int Convolution(int from, int to, int size = 3) => (size * size * from * to) + to;
        static int Normed(int from, int to) => Convolution(from, to) + (2 * to);
        var source = Normed(2, 96) + Normed(96, 256) + Normed(256, 384) + Normed(384, 384) + Normed(384, 256);
        var target = Normed(1, 16) + Normed(16, 32) + Normed(32, 32);
        var decoder =
            Convolution(256 + 32, 256)
            + Convolution(256, 384)
            + Convolution(384, 384)
            + Convolution(384, 256)
            + Convolution(256, 96)
            + Convolution(96, 1, 1);

        using var network = new PciNetwork();

        Assert.Equal(7_320_609, source + target + decoder);
        Assert.Equal(source + target + decoder, Count(network));
    }

    private static torch.Tensor Images(long[] shape, uint key) => (Formula.Numbers(shape, key) + 0.5).to(torch.float32);

    private static long Count(Module network) => network.parameters().Sum(p => p.numel());

    private static void Check(string name, Module network, torch.Tensor loss)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "References", "pytorch.json");
        using var references = JsonDocument.Parse(File.ReadAllText(path));
        var expected = references.RootElement.GetProperty(name);
        loss.backward();

        Assert.Equal(expected.GetProperty("parameters").GetInt64(), Count(network));
        AssertClose("loss", expected.GetProperty("loss").GetDouble(), loss.to(torch.float64).item<double>(), 1);
        var gradients = expected.GetProperty("gradients");
        Assert.Equal(gradients.EnumerateObject().Select(g => g.Name), network.named_parameters().Select(p => p.name));
        foreach (var (parameter, tensor) in network.named_parameters())
        {
            // A bias before batch normalisation has no effect: its gradient is 0 except for rounding, so the scale is at least 0.1.
            var reference = gradients.GetProperty(parameter);
            var norm = reference.GetProperty("norm").GetDouble();
            var gradient = tensor.grad!.flatten().to(torch.float64);
            var scale = Math.Max(norm, 0.1);
            AssertClose($"{parameter}: norm", norm, gradient.norm().item<double>(), scale);
            foreach (var value in reference.GetProperty("values").EnumerateObject())
            {
                var actual = gradient[long.Parse(value.Name, null)].item<double>();
                AssertClose($"{parameter}[{value.Name}]", value.Value.GetDouble(), actual, scale);
            }
        }
    }

    private static void AssertClose(string what, double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * scale, $"{what}: expected {expected}, got {actual}");
}
