using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

/// <summary>The trainings of DeepLoc and of paired cell inpainting, in their smallest form.</summary>
public sealed class TrainingTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly DeepLocOptions Tiny = new() { Steps = 2, Batch = 4, LearningRate = 0.003, CheckpointEvery = 1 };

    private readonly Images _images = new();

    [Fact]
    public void DeepLoc_killed_and_taken_up_again_comes_to_the_same_network_bit_for_bit()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);
        var (whole, killed) = (_images.File("whole"), _images.File("killed"));
        var expected = Train(set, Tiny, whole);

        // What a kill leaves: the checkpoint of step 1, and nothing of step 2.
        Assert.Throws<TimeoutException>(() => Train(set, Tiny, killed, new Told(p => _ = p.Step == 2 ? throw new TimeoutException() : p)));
        var resumed = Train(set, Tiny, killed);

        Assert.Equal(expected.Curve.Select(p => (p.Loss, p.ValidationLoss)), resumed.Curve.Select(p => (p.Loss, p.ValidationLoss)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, DeepLocBaseline.FileName)), File.ReadAllBytes(Path.Combine(killed, DeepLocBaseline.FileName)));
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_and_left_as_it_is()
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);
        var folder = _images.File("shared");
        Train(set, Tiny with { Steps = 1 }, folder);
        var checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        var before = File.ReadAllBytes(checkpoint);

        var message = Refusal<DatasetException>(() => PciBaseline.Train(set, "class", new PciOptions { Steps = 1 }, 1, torch.CPU, folder, cancellation: Cancellation));

        Assert.StartsWith($"""{checkpoint}: this checkpoint is of another training: its network is "deeploc", this one's "pci", its classes is 2, this one's not there, """, message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Mixed)]
    public void The_loss_of_DeepLoc_falls(Precision precision)
    {
        Libtorch.Require();
        using var set = _images.Make(count: 10);

        var result = Train(set, Tiny with { Steps = 8, Batch = 8, CheckpointEvery = 8, Precision = precision }, _images.File("falls"));

        Assert.True(result.Curve.TakeLast(2).Average(p => p.Loss) < 0.7 * result.Curve[0].Loss, TrainingCurve.ToCsv(result.Curve));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Mixed)]
    public void The_loss_of_inpainting_falls_and_a_picture_shows_it(Precision precision)
    {
        Libtorch.Require();
        using var set = _images.Make(side: 16, wells: 2);
        var folder = _images.File("pci");

        var (result, pairedBy, sources) = PciBaseline.Train(set, "auto", new PciOptions { Steps = 12, Batch = 4, Precision = precision }, 1, torch.CPU, folder, cancellation: Cancellation);

        Assert.Equal(("wells", 20), (pairedBy, sources));
        Assert.True(result.Curve.TakeLast(4).Average(p => p.Loss) < result.Curve.Take(4).Average(p => p.Loss), TrainingCurve.ToCsv(result.Curve));
        Assert.Equal(
            ["checkpoint.safetensors", "curve.csv", "curve.svg", "inpainted.png", "pci.safetensors"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder, "curve.svg")), StringComparison.Ordinal);
    }

    /// <summary>Batches that are all the same have the average's statistics, so evaluation is training but for the first values, 0 and 1.</summary>
    [Fact]
    public void After_a_short_training_inpainting_evaluates_as_it_trained()
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

        network.ForgetFirstAverages(5);

        var spread = trained.std().item<float>();
        double Distance(torch.Tensor painted) => (painted - trained).square().mean().sqrt().item<float>() / spread;
        Assert.InRange(Distance(before), 1, double.MaxValue);

        // Not 0: the average has the unbiased variance.
        Assert.InRange(Distance(network.forward(source, target)), 0, 0.05);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 9)]
    public void One_channel_and_more_classes_than_seven_work(int channels, int classes)
    {
        Libtorch.Require();
        using var set = _images.Make(count: 5 * classes, channels: channels, classes: classes, side: 80);
        var folder = _images.File("shape");
        Train(set, Tiny with { Steps = 1 }, folder);

        using var extractor = DeepLocExtractor.Load(Path.Combine(folder, DeepLocBaseline.FileName), probabilities: true, torch.CPU);
        var probabilities = Features.NetworkFeatures.Compute(set, extractor, torch.CPU, null, Cancellation);

        Assert.Equal(classes, probabilities.Columns);
        Assert.All(Enumerable.Range(0, probabilities.Rows), i => Assert.Equal(1, probabilities.Row(i).ToArray().Sum(), 1e-5));
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused_before_training()
    {
        Libtorch.Require();
        using var small = _images.Make(side: 32);
        using var grey = _images.Make(channels: 1);
        using var odd = _images.Make(side: 62);
        using var oneClass = _images.Make(count: 6, classes: 1);

        Assert.Equal($"{small.Source}: images of 32 x 32 pixels are too small for DeepLoc, which looks at 60 x 60", Refusal<DatasetException>(() => Train(small, Tiny, _images.File("a"))));
        Assert.Equal($"{grey.Source}: the images have 1 channel; paired cell inpainting needs two: it predicts the first from the second", Refusal<DatasetException>(() => Inpaint(grey, "class")));
        Assert.Equal($"{odd.Source}: images of 62 x 62 pixels do not fit paired cell inpainting, which halves them twice; sides must be multiples of 4", Refusal<DatasetException>(() => Inpaint(odd, "class")));
        Assert.Equal("there are 6 training images of 1 classes; DeepLoc needs two classes, and enough images to hold a fifth of them out", Refusal<BaselineException>(() => Train(oneClass, Tiny, _images.File("b"))));
        Assert.Equal($"{odd.Source}: pairs cannot be drawn by well: there is no vector wells or well; the set has labels", Refusal<DatasetException>(() => PciPairs.Of(odd, "well")));
    }

    public void Dispose() => _images.Dispose();

    private static string Refusal<T>(Action work)
        where T : Exception => Assert.Throws<T>(work).Message;

    private static TrainingResult Train(ImageSet set, DeepLocOptions options, string folder, IProgress<TrainingProgress>? progress = null, CancellationToken? cancellation = null) =>
        DeepLocBaseline.Train(set, set.ReadLabels()!, options, 1, torch.CPU, folder, null, progress, cancellation ?? Cancellation);

    private void Inpaint(ImageSet set, string pairBy) =>
        PciBaseline.Train(set, pairBy, new PciOptions { Steps = 1 }, 1, torch.CPU, _images.File("inpaint"), cancellation: Cancellation);
}
