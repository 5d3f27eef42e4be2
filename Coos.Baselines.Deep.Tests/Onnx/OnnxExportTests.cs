using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Onnx;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Vgg;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Onnx;

/// <summary>Compares exported models in ONNX Runtime with our own predictions for the same raw images.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly Images _images = new();

    [Theory]
    [InlineData(2, 64, 7)]
    [InlineData(1, 60, 2)]
    [InlineData(3, 71, 5)]
    public void DeepLoc_end_to_end_averages_five_crops_in_the_graph(int channels, int side, int classes)
    {
        Libtorch.Require();
        using var set = _images.Make(count: 8, channels: channels, side: side, classes: 4);
        using var model = new DeepModel(set.Shape, SmallNetworks.DeepLoc(set, classes, probabilities: true), null);

        Compare(model, set);
    }

    [Fact]
    public void A_compact_file_stores_the_largest_layer_in_16_bits()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 8, classes: 4);
        using var model = new DeepModel(set.Shape, SmallNetworks.DeepLoc(set, 7, probabilities: true), null);

        var (full, compact) = (OnnxExport.ToFile(model), OnnxExport.ToFile(model, isCompact: true));

        const int Weights = 8 * 8 * 256 * 512;
        Assert.InRange(full.Length - compact.Length, (2 * Weights) - 1000, 2 * Weights);
        using var onnx = new OnnxModel(compact);
        AssertEqual(Predict(model, set), onnx.Predict(set), 1e-4);
    }

    [Theory]
    [InlineData("l1lr")]
    [InlineData("knn")]
    [InlineData("rf")]
    public void DeepLoc_features_with_a_head(string head)
    {
        Libtorch.Require();
        using var training = _images.Make(count: 32, classes: 4);
        using var test = _images.Make(count: 12, classes: 4, seed: 2);
        using var model = Train(training, SmallNetworks.DeepLoc(training, 4, probabilities: false), head);

        Compare(model, test);
    }

    [Theory]
    [InlineData("conv1", "l1lr")]
    [InlineData("conv2", "knn")]
    [InlineData("conv3", "rf")]
    [InlineData("conv4", "l1lr")]
    [InlineData("conv5", "knn")]
    public void Inpainting_features_with_a_head(string layer, string head)
    {
        Libtorch.Require();
        using var training = _images.Make(count: 32, side: 32, classes: 3);
        using var test = _images.Make(count: 12, side: 32, classes: 3, seed: 2);
        using var model = Train(training, SmallNetworks.Pci(_images, training, layer), head);

        Compare(model, test);
    }

    [Theory]
    [InlineData("VGG16", "conv3_3", "torchvision", "l1lr")]
    [InlineData("VGG16", "conv4_1", "torchvision", "knn")]
    [InlineData("VGG16", "conv4_2", "caffe", "rf")]
    [InlineData("VGG19", "conv1_1", "torchvision", "knn")]
    [InlineData("VGG19", "conv3_3", "caffe", "knn")]
    [InlineData("VGG19", "conv4_2", "caffe", "l1lr")]
    [InlineData("VGG19", "conv5_4", "caffe", "l1lr")]
    public void Vgg_features_with_a_head(string network, string layer, string preprocessing, string head)
    {
        Libtorch.Require();
        using var training = _images.Make(count: 24, side: 37, classes: 3);
        using var test = _images.Make(count: 8, side: 37, classes: 3, seed: 2);
        var layers = network == "VGG16" ? VggLayers.Vgg16 : VggLayers.Vgg19;
        using var model = Train(training, SmallNetworks.Vgg(_images, layers, layer, preprocessing), head);

        Compare(model, test);
    }

    /// <summary>A constant channel, an image with two levels, negative samples, and the largest of 16 bits.</summary>
    [Theory]
    [InlineData("deeploc")]
    [InlineData("pci")]
    [InlineData("vgg")]
    public void Images_at_the_limits_of_preprocessing(string network)
    {
        Libtorch.Require();
        using var training = _images.Make(count: 24, side: 60, classes: 3);
        using var model =
            network == "deeploc" ? new DeepModel(training.Shape, SmallNetworks.DeepLoc(training, 3, probabilities: true), null)
            : network == "pci" ? Train(training, SmallNetworks.Pci(_images, training, "conv3"), "l1lr")
            : Train(training, SmallNetworks.Vgg(_images, VggLayers.Vgg16, "conv2_1", "caffe"), "l1lr");
        Func<int, float>[] samples =
        [
            _ => 7,
            i => i % 2,
            i => 100 + (i % 3 * 1e-3f),
            i => -5 + (i * 7 % 11),
            i => i % 100 == 0 ? 65535 : 65000,
            i => i == 0 ? 1e6f : 0,
            i => i % 5 * 1e-4f,
        ];
        var shape = training.Shape with { Count = samples.Length };
        float[] raw = [.. samples.SelectMany(sample => Enumerable.Range(0, shape.SamplesPerImage).Select(sample))];

        using var onnx = new OnnxModel(OnnxExport.ToFile(model));
        AssertEqual(Predict(model, raw, shape), onnx.Predict(raw, shape));
    }

    [Fact]
    public void The_file_follows_the_contract_of_models()
    {
        Libtorch.Require();
        using var training = _images.Make(count: 20, side: 32, classes: 3);
        using var model = Train(training, SmallNetworks.Pci(_images, training, "conv1"), "knn");

        var content = OnnxExport.ToFile(model);

        Assert.Equal(content, OnnxExport.ToFile(model));
        using var onnx = new OnnxModel(content);
        var (name, input) = Assert.Single(onnx.Session.InputMetadata);
        Assert.Equal(("images", typeof(float)), (name, input.ElementType));
        Assert.Equal([-1, 2, 32, 32], input.Dimensions);
        var (output, probabilities) = Assert.Single(onnx.Session.OutputMetadata);
        Assert.Equal(("probabilities", typeof(float)), (output, probabilities.ElementType));
        Assert.Equal([-1, 3], probabilities.Dimensions);
        var file = global::Onnx.ModelProto.Parser.ParseFrom(content);
        Assert.Equal((8, "", 17), (file.IrVersion, Assert.Single(file.OpsetImport).Domain, file.OpsetImport[0].Version));
        Assert.All(file.Graph.Initializer, tensor => Assert.Empty(tensor.ExternalData));
        Assert.All(file.Graph.Node, node => Assert.Equal("", node.Domain));
        Assert.Equal(file.Graph.Node.Count, file.Graph.Node.Select(node => node.Name).Distinct().Count());
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_batch()
    {
        Libtorch.Require();
        using var training = _images.Make(count: 20, side: 32, classes: 3);
        using var model = Train(training, SmallNetworks.Pci(_images, training, "conv2"), "l1lr");
        using var onnx = new OnnxModel(OnnxExport.ToFile(model));

        AssertEqual(onnx.Predict(training, 1), onnx.Predict(training, 20));
    }

    [Theory]
    [InlineData("l1lr")]
    [InlineData("knn")]
    [InlineData("rf")]
    public void The_reference_checker_accepts_the_file(string head)
    {
        Libtorch.Require();
        Python.Require("onnx");
        using var training = _images.Make(count: 20, side: 32, classes: 3);
        using var model = Train(training, SmallNetworks.Pci(_images, training, "conv2"), head);
        var path = _images.File("model.onnx");
        Assert.Equal(OnnxExport.Write(path, model), new FileInfo(path).Length);

        var (code, output) = Python.Run("-c", $"import onnx; onnx.checker.check_model('{path}', full_check=True); print('valid')");

        Assert.Equal((0, "valid\n"), (code, output));
    }

    public void Dispose() => _images.Dispose();

    private static DeepModel Train(ImageSet set, IFeatureExtractor extractor, string head)
    {
        var raw = NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation);
        var standardisation = Standardisation.Fit(raw);
        var labels = set.ReadLabels()!;
        var training = new TrainingSet(standardisation.Apply(raw), labels, labels.Max() + 1);
        IClassifier classifier = head switch
        {
            "knn" => new NearestNeighbours(training, 5),
            "l1lr" => L1LogisticRegression.Train(training, cancellation: Cancellation),
            _ => RandomForest.Train(training, new ForestOptions { Trees = 20 }, 1, null, Cancellation),
        };
        return new DeepModel(set.Shape, extractor, (standardisation, classifier));
    }

    private static void Compare(DeepModel model, ImageSet set)
    {
        using var onnx = new OnnxModel(OnnxExport.ToFile(model));

        AssertEqual(Predict(model, set), onnx.Predict(set));
    }

    private static FeatureMatrix Predict(DeepModel model, ImageSet set) =>
        model.Predict(NetworkFeatures.Compute(set, model.Extractor, torch.CPU, null, Cancellation), Cancellation);

    private static FeatureMatrix Predict(DeepModel model, float[] raw, ImageShape shape)
    {
        using var gradients = torch.no_grad();
        var length = model.Extractor.InputLength(shape);
        var input = new float[shape.Count * length];
        for (var i = 0; i < shape.Count; i++)
        {
            var image = raw.AsSpan(i * shape.SamplesPerImage, shape.SamplesPerImage);
            model.Extractor.Prepare(image, shape, input.AsSpan(i * length, length));
        }

        var features = model.Extractor.Extract(torch.tensor(input, [shape.Count, length]), shape);
        double[] values = [.. features.contiguous().data<float>().ToArray().Select(v => (double)v)];
        return model.Predict(new FeatureMatrix(shape.Count, model.Extractor.Columns, values), Cancellation);
    }

    private static void AssertEqual(FeatureMatrix expected, FeatureMatrix actual, double tolerance = Tolerance)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        var difference = expected.Values.Zip(actual.Values, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"largest difference {difference:0.0e0}; {Decision.Classes(expected).Distinct().Count()} classes predicted"
        );
        Assert.True(difference <= tolerance, $"the probabilities differ by up to {difference}");
        Assert.Equal(Decision.Classes(expected), Decision.Classes(actual));
    }
}
