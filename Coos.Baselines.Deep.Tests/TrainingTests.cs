using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Tests the shortest training runs of DeepLoc and paired cell inpainting.</summary>
public sealed class TrainingTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly DeepLocOptions Tiny = new()
    {
        Steps = 2,
        Batch = 4,
        LearningRate = 0.003,
        CheckpointEvery = 1,
    };

    private readonly Images _images = new();

    [Fact]
    public void A_killed_DeepLoc_training_run_resumes_to_the_same_bytes()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);
        var (whole, killed) = (_images.File("whole"), _images.File("killed"));
        var expected = Train(set, Tiny, whole);

        // After a kill, only the checkpoint of step 1 exists.
        var killer = new ProgressCallback(p => _ = p.Step == 2 ? throw new TimeoutException() : p);
        Assert.Throws<TimeoutException>(() => Train(set, Tiny, killed, killer));
        var resumed = Train(set, Tiny, killed);

        Assert.Equal(expected.Curve.Select(p => (p.Loss, p.ValidationLoss)), resumed.Curve.Select(p => (p.Loss, p.ValidationLoss)));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole, DeepLocBaseline.FileName)),
            File.ReadAllBytes(Path.Combine(killed, DeepLocBaseline.FileName))
        );
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_rejected_and_not_changed()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);
        var folder = _images.File("shared");
        Train(set, Tiny with { Steps = 1 }, folder);
        var checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        var before = File.ReadAllBytes(checkpoint);

        var options = new PciOptions { Steps = 1 };
        var message = Error<DatasetException>(() =>
            PciBaseline.Train(set, "class", options, 1, torch.CPU, folder, cancellation: Cancellation)
        );
        Assert.StartsWith(
            $"{checkpoint}: this checkpoint belongs to a different training run: "
                + """network is "deeploc" in the checkpoint and "pci" here, """
                + "classes is 2 in the checkpoint and not set here, ",
            message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Mixed)]
    public void The_loss_of_DeepLoc_decreases(Precision precision)
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);

        var options = Tiny with { Steps = 8, Batch = 8, CheckpointEvery = 8, Precision = precision };
        var result = Train(set, options, _images.File("falls"));
        var last = result.Curve.TakeLast(2).Average(p => p.Loss);
        Assert.True(last < 0.7 * result.Curve[0].Loss, TrainingCurve.ToCsv(result.Curve));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Mixed)]
    public void The_loss_of_inpainting_decreases_and_a_picture_is_written(Precision precision)
    {
        Libtorch.Require();
        using var set = _images.Make(side: 16, wells: 2);
        var folder = _images.File("pci");

        var options = new PciOptions
        {
            Steps = 12,
            Batch = 4,
            Precision = precision,
        };
        var (result, pairedBy, sources) = PciBaseline.Train(set, "auto", options, 1, torch.CPU, folder, cancellation: Cancellation);

        Assert.Equal(("wells", 20), (pairedBy, sources));
        var (first, last) = (result.Curve.Take(4).Average(p => p.Loss), result.Curve.TakeLast(4).Average(p => p.Loss));
        Assert.True(last < first, TrainingCurve.ToCsv(result.Curve));
        Assert.Equal(
            ["checkpoint.safetensors", "curve.csv", "curve.svg", "inpainted.png", "pci.safetensors"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder, "curve.svg")), StringComparison.Ordinal);
    }

    /// <summary>
    /// With equal batches, the averages equal the statistics of a batch except for the share of the initial values, 0 and 1.
    /// </summary>
    [Fact]
    public void Inpainting_evaluates_as_in_training_after_few_steps()
    {
        Libtorch.Require();
        torch.manual_seed(1);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        using var network = new PciNetwork();
        var (source, target) = (torch.rand(8, 2, 32, 32), torch.rand(8, 1, 32, 32));
        for (var step = 1; step < 5; step++)
        {
            network.forward(source, target);
        }

        var trained = network.forward(source, target);
        network.eval();
        var before = network.forward(source, target);

        network.RemoveInitialAverages(5);

        var spread = trained.std().item<float>();
        double Distance(torch.Tensor painted) => (painted - trained).square().mean().sqrt().item<float>() / spread;
        Assert.InRange(Distance(before), 1, double.MaxValue);

        // Not 0, since the average uses the unbiased variance.
        Assert.InRange(Distance(network.forward(source, target)), 0, 0.05);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 9)]
    public void One_channel_and_more_than_seven_classes_are_supported(int channels, int classes)
    {
        Libtorch.Require();
        using var set = _images.Make(count: 5 * classes, channels: channels, classes: classes, side: 80);
        var folder = _images.File("shape");
        Train(set, Tiny with { Steps = 1 }, folder);

        var network = Path.Combine(folder, DeepLocBaseline.FileName);
        using var extractor = DeepLocExtractor.Load(network, probabilities: true, torch.CPU);
        var probabilities = Features.NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation);

        Assert.Equal(classes, probabilities.Columns);
        Assert.All(Enumerable.Range(0, probabilities.Rows), i => Assert.Equal(1, probabilities.Row(i).ToArray().Sum(), 1e-5));
    }

    [Fact]
    public void Unsuitable_images_are_rejected_before_training()
    {
        Libtorch.Require();
        using var small = _images.Make(side: 32);
        using var grey = _images.Make(channels: 1);
        using var odd = _images.Make(side: 62);
        using var oneClass = _images.Make(count: 6, classes: 1);

        Assert.Equal(
            $"{small.Source}: images of 32 x 32 pixels are too small for DeepLoc, which needs 60 x 60",
            Error<DatasetException>(() => Train(small, Tiny, _images.File("a")))
        );
        Assert.Equal(
            $"{grey.Source}: the images have 1 channel; paired cell inpainting needs two: it predicts the first from the second",
            Error<DatasetException>(() => Inpaint(grey, "class"))
        );
        Assert.Equal(
            $"{odd.Source}: images of 62 x 62 pixels do not fit paired cell inpainting, which halves them twice; "
                + "sides must be multiples of 4",
            Error<DatasetException>(() => Inpaint(odd, "class"))
        );
        Assert.Equal(
            "there are 6 training images of 1 classes; "
                + "DeepLoc needs at least two classes, and enough images to hold out a fifth of them",
            Error<BaselineException>(() => Train(oneClass, Tiny, _images.File("b")))
        );
        Assert.Equal(
            $"{odd.Source}: pairs cannot be drawn by well: there is no vector wells or well; the set has labels",
            Error<DatasetException>(() => PciPairs.Create(odd, "well"))
        );
    }

    public void Dispose() => _images.Dispose();

    private static string Error<T>(Action work)
        where T : Exception => Assert.Throws<T>(work).Message;

    private static TrainingResult Train(
        ImageSet set,
        DeepLocOptions options,
        string folder,
        IProgress<TrainingProgress>? progress = null
    ) => DeepLocBaseline.Train(set, set.ReadLabels()!, options, 1, torch.CPU, folder, null, progress, Cancellation);

    private void Inpaint(ImageSet set, string pairBy) =>
        PciBaseline.Train(set, pairBy, new PciOptions { Steps = 1 }, 1, torch.CPU, _images.File("inpaint"), cancellation: Cancellation);
}
