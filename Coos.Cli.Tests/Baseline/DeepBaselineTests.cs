using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coos.Baselines.Deep.Native;
using Coos.Cli.Tests.Support;
using TorchSharp;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Runs <c>coos baseline run deeploc|pci|vgg16|vgg19</c> and <c>predict</c> on 42 simulated training images.</summary>
public sealed class DeepBaselineTests(DeepBaselineTests.SimulatedData data) : IClassFixture<DeepBaselineTests.SimulatedData>, IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task DeepLoc_is_trained_once_for_predictions_features_and_a_saved_model()
    {
        RequireLibtorch();
        var (first, second, third) = (At("end-to-end"), At("fc2"), At("predicted"));

        string[] training = ["--preset", "small", "--steps", "2", "--batch", "8", "--checkpoint-every", "1"];
        var run = await Support.Cli.RunAsync([
            "baseline",
            "run",
            "deeploc",
            "--data",
            data.Folder,
            "--out",
            first,
            .. training,
            "--save",
            At("model.safetensors"),
        ]);
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.ErrorLines, line => Assert.StartsWith("deeploc: step ", line, StringComparison.Ordinal));
        var network = Path.Combine(first, "training", "deeploc.safetensors");
        var features = await Support.Cli.RunAsync(
            "baseline",
            "run",
            "deeploc",
            "--data",
            data.Folder,
            "--out",
            second,
            "--weights",
            network,
            "--classifier",
            "knn"
        );
        Assert.Equal((0, ""), (features.ExitCode, features.Error));
        var predicted = await Support.Cli.RunAsync(
            "baseline",
            "predict",
            "--model",
            At("model.safetensors"),
            "--data",
            data.Folder,
            "--out",
            third
        );
        Assert.Equal((0, ""), (predicted.ExitCode, predicted.Error));

        foreach (var split in new[] { "test1", "test2", "test3", "test4" })
        {
            var lines = Lines(Path.Combine(first, $"{split}.csv"));
            Assert.Equal("image_id,label,p0,p1,p2,p3,p4,p5,p6", lines[0]);
            Assert.Equal(lines, Lines(Path.Combine(third, $"{split}.csv")));
            Assert.Equal(lines.Length, Lines(Path.Combine(second, $"{split}.csv")).Length);
        }

        Assert.Equal("DeepLoc, End-to-End", Run(first).GetProperty("method").GetString());
        Assert.Equal("DeepLoc (FC2), kNN", Run(second).GetProperty("method").GetString());
        Assert.Equal(2, Run(first).GetProperty("options").GetProperty("features").GetProperty("stepsDone").GetInt32());

        // The network of the second run can be reproduced: its file records the command and the training options.
        var trained = Run(second).GetProperty("options").GetProperty("features").GetProperty("trained");
        Assert.Equal(Run(first).GetProperty("command").GetString(), trained.GetProperty("by").GetString());
        var options = trained.GetProperty("options");
        Assert.Equal((8, 0.003), (options.GetProperty("batch").GetInt32(), options.GetProperty("learningRate").GetDouble()));
        Assert.Matches(
            "^The 512 outputs of DeepLoc's second fully connected layer on the middle crop; "
                + "(up to )?2 steps of 8 images(, network of step 1 selected)?, seed 1. ",
            Run(second).GetProperty("description").GetString()
        );
    }

    /// <summary>Training takes hours, so a bad test image must be reported before it.</summary>
    [Fact]
    public async Task A_bad_test_image_is_reported_before_training()
    {
        RequireLibtorch();
        var images = At("images");
        NoiseImages.Write(images, "training", 20, side: 64);
        NoiseImages.Write(images, "test1", 6, side: 64, change: (image, _, sample) => image == 3 ? float.NaN : sample);

        var run = await Support.Cli.RunAsync(
            "baseline",
            "run",
            "deeploc",
            "--data",
            images,
            "--out",
            At("bad"),
            "--steps",
            "1",
            "--batch",
            "2"
        );
        Assert.Equal(
            (1, $"{images}/X_test1.hdf5: dataset data: image 3: the sample in channel 0, row 0, column 0 is NaN"),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
        Assert.Empty(Directory.GetFileSystemEntries(At("bad")));
    }

    [Fact]
    public async Task Inpainting_is_trained_and_reports_what_pairs_have_in_common()
    {
        RequireLibtorch();
        var output = At("pci");

        string[] training = ["--layer", "conv3", "--classifier", "knn", "--pair-by", "class", "--steps", "1", "--batch", "2"];
        var run = await Support.Cli.RunAsync(["baseline", "run", "pci", "--data", data.Folder, "--out", output, .. training]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"pci: paired by labels; {data.Training} of {data.Training} images have a partner", run.ErrorLines);
        Assert.Equal("PCI Conv3, kNN", Run(output).GetProperty("method").GetString());
        Assert.Equal("labels", Run(output).GetProperty("options").GetProperty("features").GetProperty("pairedBy").GetString());
        Assert.True(File.Exists(Path.Combine(output, "training", "inpainted.png")));
    }

    /// <summary>After SIGKILL the last checkpoint exists, after SIGINT (Ctrl-C) that of the current step.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public async Task After_a_signal_the_same_command_resumes_from_the_checkpoint(string signal)
    {
        RequireLibtorch();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals with kill");
        var output = At("stopped");
        var training = Path.Combine(output, "training");
        string[] options = ["--preset", "small", "--batch", "2", "--checkpoint-every", "1"];
        string[] arguments = ["baseline", "run", "deeploc", "--data", data.Folder, "--out", output, .. options];
        using (var process = CoosProcess.Start(1, arguments))
        {
            // The first line is printed when the first checkpoint is complete; more steps follow.
            var line = await process.StandardError.ReadLineAsync(Cancellation);
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            var (exitCode, error) = await process.EndAsync(Cancellation);
            Assert.StartsWith("deeploc: step 1 of 600, loss ", line, StringComparison.Ordinal);
            Assert.Equal(signal == "INT", error.EndsWith("interrupted; run the same command again to resume\n", StringComparison.Ordinal));
            Assert.Equal(signal == "INT" ? 1 : 128 + 9, exitCode);
        }

        Assert.False(File.Exists(Path.Combine(output, "run.json")));
        Assert.False(File.Exists(Path.Combine(training, "deeploc.safetensors")));
        var before = Lines(Path.Combine(training, "curve.csv"));
        var steps = before.Length.ToString(CultureInfo.InvariantCulture);
        var resumed = await Support.Cli.RunAsync([.. arguments, "--steps", steps]);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(before[1], Lines(Path.Combine(training, "curve.csv"))[1]);
        Assert.DoesNotContain(resumed.ErrorLines, l => l.StartsWith("deeploc: step 1 of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_trained_on_other_classes_does_not_classify_end_to_end()
    {
        RequireLibtorch();
        var (three, network) = (At("three"), At(Path.Combine("three-out", "training", "deeploc.safetensors")));
        NoiseImages.Write(three, "training", 15, side: 64);
        NoiseImages.Write(three, "test1", 3, side: 64);
        var trained = await Support.Cli.RunAsync(
            "baseline",
            "run",
            "deeploc",
            "--data",
            three,
            "--out",
            At("three-out"),
            "--steps",
            "1",
            "--batch",
            "4"
        );
        Assert.Equal(0, trained.ExitCode);

        var run = await Support.Cli.RunAsync(
            "baseline",
            "run",
            "deeploc",
            "--data",
            data.Folder,
            "--out",
            At("seven-out"),
            "--weights",
            network
        );

        Assert.Equal(
            (
                1,
                $"{data.Folder}: {network} was trained on 3 classes, but these images have 7; "
                    + "train a new network, or use its features with --classifier knn, l1lr or rf"
            ),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
    }

    /// <summary>Runs the program without TorchSharp's native libraries, as on a system without libtorch.</summary>
    [Fact]
    public async Task Without_libtorch_deep_baselines_report_it_and_texture_works()
    {
        var program = Directory.CreateDirectory(At("program")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(f => Path.GetExtension(f) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        var output = At("none");
        async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
        {
            string[] command = [Path.Combine(program, "coos.dll"), "baseline", "run", .. arguments, "--data", data.Folder, "--out", output];
            using var process = Process.Start(
                new ProcessStartInfo("dotnet", command) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            return await process.EndAsync(Cancellation);
        }

        var deep = await RunAsync("deeploc");
        var texture = await RunAsync("texture", "--classifier", "knn");

        Assert.Equal(1, deep.ExitCode);
        Assert.Matches(@"^[^\n]*: libtorch cannot be loaded: \S+ is not next to the program; [^\n]+\n$", deep.Error);
        Assert.Equal((0, ""), texture);
    }

    [Fact]
    public async Task Missing_weights_give_one_line_and_exit_code_1()
    {
        RequireLibtorch();
        var missing = At("none.safetensors");

        var run = await Support.Cli.RunAsync("baseline", "run", "vgg16", "--data", data.Folder, "--out", At("vgg"), "--weights", missing);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"{missing}: the weights cannot be read: Could not find file",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("vgg19 requires --weights", "vgg19")]
    [InlineData("classifier", "pci", "--classifier", "end-to-end")]
    [InlineData("rate", "deeploc", "--learning-rate", "0")]
    [InlineData("steps", "deeploc", "--steps", "0")]
    [InlineData("batch normalisation needs two", "deeploc", "--batch", "1")]
    [InlineData("batch above the maximum", "pci", "--batch", "65537")]
    [InlineData("precision as a number", "deeploc", "--precision", "7")]
    [InlineData("unknown precision", "pci", "--precision", "half")]
    [InlineData("search", "deeploc", "--search")]
    public async Task Wrong_arguments_give_exit_code_2(string what, params string[] arguments)
    {
        var run = await Support.Cli.RunAsync(["baseline", "run", .. arguments, "--data", data.Folder, "--out", At("never")]);

        Assert.True(run.ExitCode == 2, what);
        Assert.False(Path.Exists(At("never")));
    }

    [Theory]
    [InlineData("pci", "--layer", "conv9", "PCI has no layer conv9; its layers are conv1, conv2, conv3, conv4, conv5")]
    [InlineData("pci", "--device", "tpu", "unknown device tpu; choose auto, cpu, cuda, or cuda:N for GPU N")]
    [InlineData("deeploc", "--weights", "NOTHING", null)]
    public async Task A_missing_layer_device_or_network_is_reported_before_training(
        string family,
        string option,
        string value,
        string? problem
    )
    {
        RequireLibtorch();
        var output = At("rejected");

        var run = await Support.Cli.RunAsync("baseline", "run", family, "--data", data.Folder, "--out", output, option, value);

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith(problem is null ? "" : $": {problem}", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(output, "training")));
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireLibtorch()
    {
        Assert.SkipWhen(TorchRuntime.Problem is not null, TorchRuntime.Problem ?? "");

        // Other test projects run at the same time, and waiting threads of libtorch use a full processor each.
        torch.set_num_threads(1);
    }

    private static string[] Lines(string path) => File.ReadAllLines(path);

    private static JsonElement Run(string folder)
    {
        using var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json")));
        return run.RootElement.Clone();
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The simulated benchmark at 1% of its size.</summary>
    public sealed class SimulatedData : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => Path.Combine(_folder.Path, "sim");

        public int Training { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Assert.Equal(0, (await Support.Cli.RunAsync("data", "simulate", "--out", Folder, "--scale", "0.01")).ExitCode);
            using var set = Shared.Datasets.ImageSet.Open(Directory.GetFiles(Folder, "*_training.hdf5").Single());
            Training = set.Shape.Count;
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
