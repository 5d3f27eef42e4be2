using System.Runtime.InteropServices;
using System.Text.Json;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Deep.Weights;
using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using PureHDF;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Vgg;

/// <summary>Compares VGG features with real ImageNet weights with PyTorch, and errors on yeast5 with the reference.</summary>
public sealed class VggTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("conv1_2")]
    [InlineData("conv2_2")]
    [InlineData("conv3_3")]
    public void Features_equal_PyTorch(string layer)
    {
        Libtorch.Require();
        var path = SharedFolder.Require("weights", "vgg19-expected-features.json");
        using var reference = JsonDocument.Parse(File.ReadAllText(path));
        if (!reference.RootElement.GetProperty("features").TryGetProperty(layer, out var expected))
        {
            Assert.Skip($"the reference has no {layer}");
        }

        using var set = ImageSet.Open(SharedFolder.Require("data", "yeast5", "YEAST5_v1.0_test1.hdf5"));
        using var extractor = Load(layer);

        var features = NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation);

        foreach (var (image, row) in expected.EnumerateArray().Index())
        {
            var expectedRow = row.EnumerateArray().Select(v => v.GetDouble()).ToArray();
            var highest = expectedRow.Max();
            Assert.All(
                expectedRow.Zip(features.Row(image).ToArray()),
                p =>
                    Assert.True(
                        Math.Abs(p.First - p.Second) <= 1e-3 * Math.Max(Math.Abs(p.First), 1e-3 * highest),
                        $"image {image}: expected {p.First}, got {p.Second}"
                    )
            );
        }
    }

    /// <summary>The project has no ImageNet weights of VGG16, so the weights come from a formula; the network is real.</summary>
    [Theory]
    [InlineData("conv3_3", 256)]
    [InlineData("conv4_1", 512)]
    [InlineData("conv4_2", 512)]
    public void Features_of_Vgg16_from_a_file_equal_PyTorch(string layer, int channels)
    {
        Libtorch.Require();
        using var scope = torch.NewDisposeScope();
        var path = Path.Combine(Directory.CreateTempSubdirectory("coos-vgg-").FullName, "vgg16.safetensors");
        using (var network = new VggNetwork(VggLayers.Vgg16, "conv4_2"))
        {
            Formula.Fill(network);
            var writer = new SafeTensorsWriter();
            NetworkWeights.Add(writer, network);
            writer.Write(path);
        }

        using var extractor = VggExtractor.Load(VggLayers.Vgg16, layer, path, "torchvision", torch.CPU);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        var input = (Formula.Numbers([1, 3 * 32 * 32], 1004) + 0.5).to(torch.float32);
        var features = extractor.Extract(input, new ImageShape(1, 1, 32, 32)).detach().flatten().to(torch.float64);

        var json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "References", "pytorch.json"));
        using var references = JsonDocument.Parse(json);
        var expected = references.RootElement.GetProperty("vgg16").GetProperty("features").GetProperty(layer);
        var norm = expected.GetProperty("norm").GetDouble();
        Assert.Equal(channels, features.numel());
        Assert.Equal(norm, features.norm().item<double>(), 1e-4 * norm);
        Assert.All(
            expected.GetProperty("values").EnumerateObject(),
            v => Assert.Equal(v.Value.GetDouble(), features[long.Parse(v.Name, null)].item<double>(), 1e-4 * norm)
        );
    }

    /// <summary>
    /// A file in Keras's layout with the weights 0, 1, 2, ...: row, column, in, out in Keras, and out, in, row, column here.
    /// </summary>
    [Fact]
    public void Keras_weights_can_be_converted_and_read()
    {
        Libtorch.Require();
        Python.Require("numpy", "h5py");
        using var images = new Images();
        var (keras, path) = (images.File("keras.h5"), images.File("vgg19.safetensors"));
        static float[] Count(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];
        H5Group Layer(string name, ulong from, ulong to) =>
            new()
            {
                [$"{name}_W_1:0"] = new H5Dataset(Count((int)(9 * from * to)), fileDims: [3, 3, from, to]),
                [$"{name}_b_1:0"] = Count((int)to),
            };
        new H5File
        {
            ["block1_conv1"] = Layer("block1_conv1", 3, 64),
            ["block1_conv2"] = Layer("block1_conv2", 64, 64),
            ["block1_pool"] = new H5Group(),
            ["block2_conv1"] = Layer("block2_conv1", 64, 128),
        }.Write(keras);

        var (code, output) = Python.Run(Path.Combine(AppContext.BaseDirectory, "Python", "keras-vgg-weights.py"), keras, path);

        Assert.Equal((0, $"{path}: 3 convolutions\n"), (code, output));
        var file = SafeTensorsFile.Open(path);
        Assert.Equal(
            ["features.0.bias", "features.0.weight", "features.2.bias", "features.2.weight", "features.5.bias", "features.5.weight"],
            file.Entries.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("F32 (128, 64, 3, 3)", file.Entries["features.5.weight"].Description);
        var weights = new float[64 * 3 * 9];
        file.Read("features.0.weight", MemoryMarshal.AsBytes(weights.AsSpan()));
        Assert.Equal((((2 * 3) + 1) * 3 * 64) + (2 * 64) + 5, weights[(((5 * 3) + 2) * 9) + (2 * 3) + 1]);
        using var extractor = VggExtractor.Load(VggLayers.Vgg19, "conv2_1", path, null, torch.CPU);
        Assert.Equal("caffe", extractor.Description.Preprocessing);
    }

    [Fact]
    public void Errors_on_yeast5_agree_with_PyTorch_and_scikit_learn()
    {
        Libtorch.Require();
        var folder = SharedFolder.RequireYeast();
        using var extractor = Load("conv3_3");
        (FeatureMatrix Features, int[] Labels) Read(string split)
        {
            using var set = ImageSet.Open(Path.Combine(folder, $"YEAST5_v1.0_{split}.hdf5"));
            return (NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation), set.ReadLabels(5)!);
        }

        var (raw, labels) = Read("training");
        var standardisation = Standardisation.Fit(raw);
        var training = new TrainingSet(standardisation.Apply(raw), labels, 5);
        var tests = new[] { "test1", "test2", "test3" }
            .Select(Read)
            .Select(t => (Features: standardisation.Apply(t.Features), t.Labels))
            .ToArray();
        double Error(IClassifier classifier, FeatureMatrix features, int[] labels) =>
            100 * Decision.BalancedError(labels, Decision.Classes(classifier.Predict(features, Cancellation)));
        double[] Errors(IClassifier classifier) => [.. tests.Select(t => Error(classifier, t.Features, t.Labels))];

        var nearest = Errors(new NearestNeighbours(training));
        var linear = Errors(L1LogisticRegression.Train(training, cancellation: Cancellation));

        string Format(double[] errors) => string.Join(", ", errors.Select(e => e.ToString("0.00", null)));
        var text = $"kNN {Format(nearest)}; L1 LR {Format(linear)}";
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.All(nearest.Zip([45.07, 37.29, 43.38]), p => Assert.True(Math.Abs(p.First - p.Second) <= 2, text));
        Assert.All(linear.Zip([36.46, 35.65, 39.69]), p => Assert.True(Math.Abs(p.First - p.Second) <= 2, text));
    }

    private static VggExtractor Load(string layer)
    {
        var weights = SharedFolder.Require("weights", "vgg19-conv1_1-conv3_4.safetensors");
        return VggExtractor.Load(VggLayers.Vgg19, layer, weights, null, torch.CPU);
    }
}
