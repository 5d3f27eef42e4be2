using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Deep.Weights;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Networks with weights from a formula, and batch normalisation with averages over a few steps.</summary>
internal static class SmallNetworks
{
    private const int Steps = 4;

    public static DeepLocExtractor DeepLoc(ImageSet set, int classes, bool probabilities)
    {
        var shape = set.Shape;
        var network = new DeepLocNetwork(shape.Channels, classes);
        Prepare(network, new ImageShape(12, shape.Channels, DeepLocNetwork.Side, DeepLocNetwork.Side), x => network.forward(x));
        return new DeepLocExtractor(network, Describe("deeploc", shape, classes), probabilities);
    }

    public static PciExtractor Pci(Images images, ImageSet set, string layer)
    {
        using var network = new PciNetwork();
        Prepare(network, set.Shape with { Count = 8 }, x => network.forward(x, x[.., 1..2]));
        var path = images.File("pci.safetensors");
        NetworkFile.Write(path, Describe("pci", set.Shape, 0), network);
        return PciExtractor.Load(path, layer, torch.CPU);
    }

    public static VggExtractor Vgg(Images images, VggLayers layers, string layer, string preprocessing)
    {
        using var network = new VggNetwork(layers, layer);
        Formula.Fill(network);
        var path = images.File("vgg.safetensors");
        var writer = new SafeTensorsWriter();
        NetworkWeights.Add(writer, network);
        writer.Write(path);
        return VggExtractor.Load(layers, layer, path, preprocessing, torch.CPU);
    }

    private static NetworkDescription Describe(string family, ImageShape shape, int classes) =>
        new(family, shape.Channels, shape.Height, shape.Width, classes, Steps, 1, "none");

    private static void Prepare(torch.nn.Module network, ImageShape shape, Func<torch.Tensor, torch.Tensor> forward)
    {
        using var gradients = torch.no_grad();
        Formula.Fill(network);
        network.train();
        for (var step = 0; step < Steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            var images = Formula.Numbers([shape.Count, shape.Channels, shape.Height, shape.Width], (uint)(1000 + step)) + 0.5;
            forward(images.to(torch.float32));
        }

        network.eval();
    }
}
