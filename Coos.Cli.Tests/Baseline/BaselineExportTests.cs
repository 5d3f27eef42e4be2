using Coos.Baselines.Deep.Native;
using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Runs <c>coos baseline export</c> on models of runs, and on files and paths that it cannot use.</summary>
public sealed class BaselineExportTests(BaselineExportTests.TrainedModels models)
    : IClassFixture<BaselineExportTests.TrainedModels>,
        IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("deeploc.safetensors", "images [N, 2, 64, 64] to probabilities [N, 3]")]
    [InlineData("pci.safetensors", "images [N, 2, 64, 64] to probabilities [N, 3]")]
    public async Task A_saved_model_becomes_an_onnx_file(string model, string description)
    {
        RequireLibtorch();
        var path = At(Path.Combine("new", "model.onnx"));

        var run = await ExportAsync(models.At(model), path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith($" bytes, {description}\n", run.Output, StringComparison.Ordinal);

        // Version 8 of the format, and who wrote it.
        Assert.Equal([8, 8, 18, 4, .. "coos"u8], (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))[..8]);
        Assert.Equal(path, Assert.Single(Directory.GetFiles(At("new"))));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_with_the_same_bytes_as_before()
    {
        RequireLibtorch();
        var path = At("model.onnx");
        await File.WriteAllTextAsync(path, new string('x', 50_000_000), TestContext.Current.CancellationToken);

        Assert.Equal(0, (await ExportAsync(models.At("pci.safetensors"), path)).ExitCode);
        var first = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await ExportAsync(models.At("pci.safetensors"), path)).ExitCode);

        Assert.Equal(first, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Texture_cannot_be_exported_and_the_answer_says_what_can()
    {
        var images = NoiseImages.WriteSplits(At("images"));
        var model = At("texture.model");
        string[] arguments = ["--data", images, "--out", At("out"), "--classifier", "knn", "--save", model];
        Assert.Equal(0, (await Support.Cli.RunAsync(["baseline", "run", "texture", .. arguments])).ExitCode);

        await RefusedAsync(
            model,
            "texture features cannot be exported: ONNX has no operator that counts pairs of pixels; "
                + "models of coos baseline run deeploc, pci, vgg16 and vgg19 can be, with the heads end-to-end, knn, l1lr and rf"
        );
    }

    [Fact]
    public async Task A_network_without_a_classifier_is_refused()
    {
        RequireLibtorch();

        await RefusedAsync(
            models.At(Path.Combine("pci", "training", "pci.safetensors")),
            "this paired cell inpainting network has no classifier; train one with coos baseline run pci --weights FILE --save FILE"
        );
    }

    [Fact]
    public async Task A_damaged_model_is_refused()
    {
        RequireLibtorch();
        var content = await File.ReadAllBytesAsync(models.At("pci.safetensors"), TestContext.Current.CancellationToken);
        var path = At("damaged.safetensors");
        content[^1000] ^= 1;
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        await RefusedAsync(
            path,
            "the file is damaged: its content differs from what was written; copy it again, or delete it and train again"
        );

        await File.WriteAllBytesAsync(path, content[..^2000], TestContext.Current.CancellationToken);
        var run = await ExportAsync(path, At("model.onnx"));
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("; the file is truncated or damaged", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 a PyTorch file")]
    [InlineData("")]
    [InlineData("image_id,label,p0,p1")]
    public async Task A_foreign_file_is_refused(string content)
    {
        var path = At("foreign");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        await RefusedAsync(path, "this is not a model file, or it is damaged; train again with coos baseline run --save");
    }

    [Fact]
    public async Task Weights_of_another_program_are_refused()
    {
        RequireLibtorch();
        var path = At("foreign.safetensors");
        byte[] header = [.. """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"""u8];
        await File.WriteAllBytesAsync(
            path,
            [.. BitConverter.GetBytes((long)header.Length), .. header, 0, 0, 0, 0],
            TestContext.Current.CancellationToken
        );

        await RefusedAsync(path, "this is not a trained baseline; train one with coos baseline run --save FILE");
    }

    [Fact]
    public async Task A_missing_model_is_reported()
    {
        var run = await ExportAsync(At("none"), At("model.onnx"));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"{At("none")}: the model cannot be read: Could not find file",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_reported()
    {
        RequireLibtorch();
        var (model, file) = (models.At("pci.safetensors"), At("file"));
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        var folder = await ExportAsync(model, _folder.Path);
        var within = await ExportAsync(model, Path.Combine(file, "model.onnx"));
        var itself = await ExportAsync(model, model);

        Assert.Equal(
            (1, $"{_folder.Path}: the model cannot be saved there: it is a folder; --out needs a file\n"),
            (folder.ExitCode, folder.Error)
        );
        Assert.Equal(1, within.ExitCode);
        Assert.StartsWith(
            $"{file}/model.onnx: the model cannot be saved there: ",
            Assert.Single(within.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.Equal(
            (1, $"{model}: --out is the file of --model, which would be lost; name another file\n"),
            (itself.ExitCode, itself.Error)
        );
        Assert.Equal("x", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--model", "m")]
    [InlineData("--out", "o")]
    [InlineData("--model", "m", "--out", "")]
    public async Task Missing_arguments_give_exit_code_2(params string[] arguments) =>
        Assert.Equal(2, (await Support.Cli.RunAsync(["baseline", "export", .. arguments])).ExitCode);

    public void Dispose() => _folder.Dispose();

    private static void RequireLibtorch() => Assert.SkipWhen(TorchRuntime.Problem is not null, TorchRuntime.Problem ?? "");

    private static Task<Support.Cli> ExportAsync(string model, string path) =>
        Support.Cli.RunAsync("baseline", "export", "--model", model, "--out", path);

    private async Task RefusedAsync(string model, string problem)
    {
        var path = At("model.onnx");

        var run = await ExportAsync(model, path);

        Assert.Equal((1, $"{model}: {problem}\n"), (run.ExitCode, run.Error));
        Assert.False(File.Exists(path));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Models of runs on images of noise, trained for one step.</summary>
    public sealed class TrainedModels : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string At(string name) => Path.Combine(_folder.Path, name);

        public async ValueTask InitializeAsync()
        {
            if (TorchRuntime.Problem is not null)
            {
                return;
            }

            TorchSharp.torch.set_num_threads(1);
            NoiseImages.Write(At("images"), "training", 15, side: 64);
            NoiseImages.Write(At("images"), "test1", 3, side: 64);
            await RunAsync("deeploc", "--batch", "4");
            await RunAsync("pci", "--batch", "2", "--pair-by", "class", "--layer", "conv2", "--classifier", "knn");
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task RunAsync(string network, params string[] options)
        {
            string[] paths = ["--data", At("images"), "--out", At(network), "--save", At($"{network}.safetensors")];
            var run = await Support.Cli.RunAsync(["baseline", "run", network, .. paths, "--steps", "1", .. options]);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }
}
