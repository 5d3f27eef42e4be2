using System.Globalization;
using System.Text;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Deep.Weights;
using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Writes weight files, reads them in .NET and Python, and rejects incomplete, unknown and damaged ones.</summary>
public sealed class WeightsTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly Images _images = new();

    [Fact]
    public void DeepLoc_gives_the_same_output_in_Python()
    {
        RequirePyTorch();
        var path = _images.File("deeploc.safetensors");
        torch.manual_seed(1);
        using var network = new DeepLocNetwork(2, 3);
        NetworkFile.Write(path, new NetworkDescription("deeploc", 2, 64, 64, 3, 1, 1, "made up"), network);
        network.eval();
        using var scope = torch.NewDisposeScope();

        AssertSame(network.forward(Image(2, 60)), "deeploc", path, "2");
    }

    [Fact]
    public void The_encoder_of_inpainting_gives_the_same_output_in_Python()
    {
        RequirePyTorch();
        var path = _images.File("pci.safetensors");
        using var network = new PciNetwork();
        NetworkFile.Write(path, new NetworkDescription("pci", 2, 64, 64, 0, 1, 1, "made up", "labels"), network);
        network.eval();
        using var scope = torch.NewDisposeScope();

        AssertSame(network.Activation(Image(2, 32), "conv5").amax([2, 3]), "pci", path);
    }

    [Fact]
    public void A_saved_model_predicts_the_same()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 12);
        var network = _images.File("pci.safetensors");
        using (var untrained = new PciNetwork())
        {
            NetworkFile.Write(network, new NetworkDescription("pci", 2, 64, 64, 0, 1, 1, "made up", "labels"), untrained);
        }

        var extractor = PciExtractor.Load(network, "conv3", torch.CPU);
        var features = NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation);
        var standardisation = Standardisation.Fit(features);
        var classifier = new NearestNeighbours(new TrainingSet(standardisation.Apply(features), set.ReadLabels()!, 2), 3);
        using var model = new DeepModel(set.Shape, extractor, (standardisation, classifier));
        var path = _images.File("model.safetensors");

        model.Write(path);
        using var read = DeepModel.Read(path, torch.CPU);

        Assert.True(DeepModel.IsDeep(path));
        Assert.Equal(extractor.Kind, read.Extractor.Kind);
        var readFeatures = NetworkFeatures.Compute(set, read.Extractor, torch.CPU, null, Cancellation);
        Assert.Equal(model.Predict(features, Cancellation).Values, read.Predict(readFeatures, Cancellation).Values);
    }

    /// <summary>Damage to the weights, the classifier or the header is reported.</summary>
    [Fact]
    public void A_damaged_byte_in_a_model_is_reported()
    {
        Libtorch.Require();
        var path = _images.File("model.safetensors");
        var writer = new SafeTensorsWriter();
        writer.AddMetadata("coos_model", "how it was trained");
        writer.Add("weight", torch.arange(50, dtype: torch.float32));
        writer.Add("classifier", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        writer.Write(path);
        var content = File.ReadAllBytes(path);
        Assert.Equal(2, SafeTensorsFile.Open(path).Entries.Count);
        var start = 8 + BitConverter.ToInt32(content);

        var positions = Enumerable.Range(start, content.Length - start).Append(content.AsSpan().IndexOf("trained"u8));
        foreach (var position in positions)
        {
            content[position] ^= 1;
            File.WriteAllBytes(path, content);
            content[position] ^= 1;

            Assert.Equal(
                "the file is damaged: its content differs from what was written; copy it again, or delete it and train again",
                Assert.Throws<DatasetException>(() => SafeTensorsFile.Open(path)).Problem
            );
        }
    }

    [Fact]
    public void Weights_without_some_layers_are_rejected_with_their_names()
    {
        Libtorch.Require();
        var path = Write(("features.0.weight", [64, 3, 3, 3], "F32"), ("features.0.bias", [64], "F16"));

        var fault = Assert.Throws<DatasetException>(() => VggExtractor.Load(VggLayers.Vgg16, "conv2_1", path, null, torch.CPU));

        Assert.Equal(
            $"{path}: these are not weights for VGG16 up to conv2_1: 4 of 6 tensors are missing: "
                + "features.2.weight, features.2.bias, features.5.weight, features.5.bias; "
                + "features.0.bias is F16 (64); expected F32 (64)",
            fault.Message
        );
    }

    [Fact]
    public void Weights_of_another_network_are_rejected()
    {
        Libtorch.Require();
        var path = Write(("features.17.weight", [512, 256, 3, 3], "F32"));

        var fault = Assert.Throws<DatasetException>(() => VggExtractor.Load(VggLayers.Vgg19, "conv1_1", path, null, torch.CPU));

        Assert.Equal($"{path}: these are not weights for VGG19, which has no features.17.weight; VGG16 has it", fault.Message);
    }

    [Fact]
    public void An_unknown_layer_is_rejected_with_the_available_ones()
    {
        Libtorch.Require();
        var vgg = Assert.Throws<BaselineException>(() => VggExtractor.Load(VggLayers.Vgg16, "conv3_4", "never", null, torch.CPU));
        var pci = Assert.Throws<BaselineException>(() => PciExtractor.RequireLayer("conv6"));
        Assert.StartsWith("VGG16 has no layer conv3_4; its layers are conv1_1, conv1_2, ", vgg.Message, StringComparison.Ordinal);
        Assert.Equal("PCI has no layer conv6; its layers are conv1, conv2, conv3, conv4, conv5", pci.Message);
    }

    [Theory]
    [InlineData("", "this is not a safetensors file")]
    [InlineData("not safetensors at all", "this is not a safetensors file")]
    [InlineData("\u0002\0\0\0\0\0\0\0{]", "this is not a safetensors file: ']' is an invalid start of a property name.*")]
    [InlineData("\u0002\0\0\0\0\0\0\0[]", "this is not a safetensors file: .*")]
    public void A_file_in_another_format_is_rejected(string content, string problem)
    {
        var path = _images.File("bad.safetensors");
        File.WriteAllText(path, content);

        var fault = Assert.Throws<DatasetException>(() => SafeTensorsFile.Open(path));

        Assert.Matches($"^{problem}$", fault.Problem);
    }

    [Fact]
    public void A_truncated_file_is_reported_with_its_tensor()
    {
        var path = Write(("a", [100], "F32"));
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 1);
        }

        var fault = Assert.Throws<DatasetException>(() => SafeTensorsFile.Open(path));
        Assert.Matches(@"^tensor a is F32 \(100\) but is at bytes 0 to 400 of 399; the file is truncated or damaged$", fault.Problem);
    }

    [Fact]
    public void A_network_of_another_family_is_rejected()
    {
        Libtorch.Require();
        var path = _images.File("pci.safetensors");
        using var network = new PciNetwork();
        NetworkFile.Write(path, new NetworkDescription("pci", 2, 64, 64, 0, 1, 1, "made up", "labels"), network);

        var family = Assert.Throws<DatasetException>(() => DeepLocExtractor.Load(path, true, torch.CPU));
        var model = Assert.Throws<DatasetException>(() => DeepModel.Read(path, torch.CPU));
        Assert.Equal("this is a pci network; expected a deeploc network", family.Problem);
        Assert.StartsWith("this paired cell inpainting network has no classifier", model.Problem, StringComparison.Ordinal);
    }

    public void Dispose() => _images.Dispose();

    private static torch.Tensor Image(int channels, int side) =>
        torch.arange(channels * side * side, dtype: torch.float64).mul(0.7).sin().to(torch.float32).reshape(1, channels, side, side);

    private static void RequirePyTorch()
    {
        Libtorch.Require();
        Python.Require("torch", "numpy");
    }

    private static void AssertSame(torch.Tensor expected, params string[] arguments)
    {
        var (code, output) = Python.Run([Path.Combine(AppContext.BaseDirectory, "Python", "run_network.py"), .. arguments]);
        Assert.True(code == 0, output);
        var theirs = output
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => double.Parse(v, CultureInfo.InvariantCulture))
            .ToArray();
        var ours = expected.detach().flatten().data<float>().ToArray();
        Assert.Equal(ours.Length, theirs.Length);
        Assert.True(ours.Distinct().Count() > 1);

        // Values of a layer are sums of terms as large as its largest value, and are rounded accordingly.
        var tolerance = 1e-4 * Math.Max(1, theirs.Max(Math.Abs));
        Assert.All(ours.Zip(theirs), p => Assert.Equal(p.Second, p.First, tolerance));
    }

    private string Write(params (string Name, int[] Shape, string Type)[] tensors)
    {
        var offset = 0;
        var entries = tensors
            .Select(t =>
            {
                var length = t.Shape.Aggregate(t.Type == "F16" ? 2 : 4, (n, d) => n * d);
                offset += length;
                return $$"""
                    "{{t.Name}}":{"dtype":"{{t.Type}}","shape":[{{string.Join(',', t.Shape)}}],"data_offsets":[{{offset
                        - length}},{{offset}}]}
                    """;
            })
            .ToArray();
        var header = Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        var path = _images.File("made.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[offset]]);
        return path;
    }
}
