using System.Text.Json.Nodes;
using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Runs <c>coos baseline run texture</c> and <c>predict</c> on small images, and tests their error messages.</summary>
public sealed class TextureRunTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    private string Out => Path.Combine(_folder.Path, "out");

    [Theory]
    [InlineData("knn")]
    [InlineData("l1lr")]
    [InlineData("rf")]
    public async Task A_run_classifies_every_test_split_and_its_saved_model_predicts_the_same(string classifier)
    {
        NoiseImages.WriteSplits(Data);
        NoiseImages.Write(Data, "test2", 9);
        var (model, predicted) = (Path.Combine(_folder.Path, "model"), Path.Combine(_folder.Path, "predicted"));

        var run = await RunAsync("--classifier", classifier, "--distances", "1,3", "--save", model, "--seed", "5");
        var predict = await Support.Cli.RunAsync("baseline", "predict", "--model", model, "--data", Data, "--out", predicted);

        Assert.Equal((0, "", 0, ""), (run.ExitCode, run.Error, predict.ExitCode, predict.Error));
        foreach (var (split, images) in new[] { ("test1", 12), ("test2", 9) })
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Out, split + ".csv"), Cancellation);
            Assert.Equal(("image_id,label,p0,p1,p2", images + 1), (lines[0], lines.Length));
            Assert.Equal(lines, await File.ReadAllLinesAsync(Path.Combine(predicted, split + ".csv"), Cancellation));
        }

        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Out, "run.json"), Cancellation))!;
        Assert.Equal(
            $"coos baseline run texture --data {Data} --out {Out} --classifier {classifier} --distances 1,3 --save {model} --seed 5",
            (string?)json["command"]
        );
        Assert.Equal(("texture 2 distances 1,3", 5), ((string?)json["options"]!["features"], (int)json["seed"]!));
        Assert.InRange((double)json["trainingError"]!, 0, 0.7);
        Assert.Empty(Parts());
    }

    [Fact]
    public async Task The_path_of_save_is_checked_before_anything_is_computed()
    {
        NoiseImages.WriteSplits(Data);
        var file = _folder.Write("file", "in the way");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "models"));

        AssertRejected(
            await RunAsync("--save", Path.Combine(_folder.Path, "models")),
            $"{_folder.Path}/models: the model cannot be saved there: it is a folder; --save needs a file"
        );
        var blocked = await RunAsync("--save", Path.Combine(file, "model"));
        Assert.Equal(1, blocked.ExitCode);
        Assert.StartsWith($"{file}/model: the model cannot be saved there: ", Assert.Single(blocked.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
        var saved = await RunAsync("--classifier", "knn", "--save", Path.Combine(_folder.Path, "models", "new", "model"));
        Assert.Equal(0, saved.ExitCode);
    }

    [Fact]
    public async Task Features_are_read_from_the_cache_and_recomputed_if_damaged()
    {
        NoiseImages.WriteSplits(Data);
        await RunAsync();
        var expected = await File.ReadAllTextAsync(Path.Combine(Out, "test1.csv"), Cancellation);
        var cached = Directory.GetFiles(Path.Combine(Out, ".features"));
        Assert.Equal(2, cached.Length);
        foreach (var file in cached)
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        await RunAsync();
        Assert.All(cached, file => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file)));
        var content = await File.ReadAllBytesAsync(cached[0], Cancellation);
        content[30] ^= 1;
        await File.WriteAllBytesAsync(cached[0], content, Cancellation);
        await File.WriteAllBytesAsync(cached[1], content[..20], Cancellation);

        Assert.Equal(0, (await RunAsync()).ExitCode);

        Assert.All(cached, file => Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file)));
        Assert.Equal(expected, await File.ReadAllTextAsync(Path.Combine(Out, "test1.csv"), Cancellation));
    }

    [Fact]
    public async Task A_prediction_also_reads_features_from_the_cache()
    {
        NoiseImages.WriteSplits(Data);
        var (model, predicted) = (Path.Combine(_folder.Path, "model"), Path.Combine(_folder.Path, "predicted"));
        await RunAsync("--save", model);
        string[] command = ["baseline", "predict", "--model", model, "--data", Data, "--out", predicted];
        Assert.Equal(0, (await Support.Cli.RunAsync(command)).ExitCode);
        var cached = Assert.Single(Directory.GetFiles(Path.Combine(predicted, ".features")));
        File.SetLastWriteTimeUtc(cached, DateTime.UnixEpoch);

        Assert.Equal(0, (await Support.Cli.RunAsync(command)).ExitCode);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(cached));
    }

    /// <summary>run.json describes the predictions next to it, so a run replaces none of them before all its images are checked.</summary>
    [Fact]
    public async Task A_bad_test_image_is_reported_before_training_and_keeps_the_previous_run()
    {
        NoiseImages.WriteSplits(Data);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        var before = Directory.GetFiles(Out).ToDictionary(f => f, File.ReadAllText);
        NoiseImages.Write(Data, "test2", 9, change: (image, _, sample) => image == 3 ? float.NaN : sample);

        var run = await RunAsync("--classifier", "rf");

        Assert.Equal(
            (1, $"{Data}/X_test2.hdf5: dataset data: image 3: the sample in channel 0, row 0, column 0 is NaN"),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
        Assert.DoesNotContain("trained", run.Output, StringComparison.Ordinal);
        Assert.Equal(["run.json", "test1.csv"], before.Keys.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(before, Directory.GetFiles(Out).ToDictionary(f => f, File.ReadAllText));
    }

    /// <summary>If a prediction file cannot be written, the existing ones can come from two runs.</summary>
    [Fact]
    public async Task A_run_that_fails_while_writing_deletes_the_previous_run_json()
    {
        NoiseImages.WriteSplits(Data);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        NoiseImages.Write(Data, "test2", 9);
        Directory.CreateDirectory(Path.Combine(Out, "test2.csv"));

        var run = await RunAsync("--classifier", "rf");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"{Path.Combine(Out, "test2.csv")}: cannot be written: ",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.Equal([Path.Combine(Out, "test1.csv")], Directory.GetFiles(Out));
    }

    [Fact]
    public async Task Constant_images_are_classified()
    {
        NoiseImages.Write(Data, "training", 60, change: (image, _, sample) => image < 3 ? 500 : sample);
        NoiseImages.Write(Data, "test1", 12, change: (_, _, _) => 0);

        foreach (var classifier in (string[])["knn", "l1lr", "rf"])
        {
            var run = await RunAsync("--classifier", classifier);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var lines = await File.ReadAllLinesAsync(Path.Combine(Out, "test1.csv"), Cancellation);
            Assert.DoesNotContain(lines, line => line.Contains("NaN", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_test_split_of_another_image_size_is_rejected_before_anything_is_computed()
    {
        NoiseImages.WriteSplits(Data);
        NoiseImages.Write(Data, "test2", 5, side: 20);

        AssertRejected(
            await RunAsync(),
            $"{Data}/X_test2.hdf5: the images have 2 channels of 20 x 20 pixels, but the training images have 2 of 24 x 24"
        );
    }

    [Fact]
    public async Task A_test_split_with_other_channels_is_rejected_before_anything_is_computed()
    {
        NoiseImages.WriteSplits(Data);
        NoiseImages.Write(Data, "test2", 5, channels: 1);

        AssertRejected(
            await RunAsync(),
            $"{Data}/X_test2.hdf5: the images have 1 channel of 24 x 24 pixels, but the training images have 2 of 24 x 24"
        );
    }

    [Fact]
    public async Task A_NaN_pixel_is_reported_with_its_position()
    {
        NoiseImages.Write(Data, "training", 60, change: (image, position, sample) => image == 41 && position % 7 == 0 ? float.NaN : sample);
        NoiseImages.Write(Data, "test1", 12);

        var run = await RunAsync();

        Assert.Equal(
            (1, $"{Data}/X_training.hdf5: dataset data: image 41: the sample in channel 0, row 0, column 4 is NaN"),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
        Assert.Empty(Directory.GetFiles(Out, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_single_class_is_rejected()
    {
        NoiseImages.Write(Data, "training", 20, classes: 1);
        NoiseImages.Write(Data, "test1", 12);

        AssertRejected(await RunAsync(), $"{Data}: all 20 training images have class 0; a classifier needs at least two classes");
    }

    [Fact]
    public async Task Fewer_images_than_neighbours_are_rejected()
    {
        NoiseImages.Write(Data, "training", 10);
        NoiseImages.Write(Data, "test1", 12);

        AssertRejected(
            await RunAsync("--classifier", "knn"),
            $"{Data}: 11 nearest neighbours need at least 11 training images; there are 10"
        );
    }

    [Fact]
    public async Task A_dataset_without_a_training_split_is_rejected()
    {
        NoiseImages.Write(Data, "test1", 12);

        AssertRejected(await RunAsync(), $"{Data}: there is no training split (*_training.hdf5 or train/)");
    }

    [Fact]
    public async Task A_distance_beyond_the_image_is_rejected()
    {
        NoiseImages.WriteSplits(Data);

        AssertRejected(
            await RunAsync("--distances", "24"),
            $"{Data}/X_training.hdf5: images of 24 x 24 pixels have no neighbours at distance 24; "
                + "train with distances below 24 (coos baseline run texture --distances)"
        );
    }

    /// <summary>The forest is the default classifier, so --search does not need --classifier.</summary>
    [Fact]
    public async Task A_search_with_too_few_images_for_five_folds_is_rejected()
    {
        NoiseImages.Write(Data, "training", 4, classes: 2);
        NoiseImages.Write(Data, "test1", 12);

        AssertRejected(
            await RunAsync("--search"),
            $"{Data}: there are too few training images for a search by 5-fold cross-validation: "
                + "2 of class 0, 2 of class 1; train without --search"
        );
    }

    [Fact]
    public async Task A_second_run_into_the_same_folder_is_rejected_during_the_first()
    {
        NoiseImages.WriteSplits(Data);
        using (Shared.Datasets.OutputLock.Acquire(Out))
        {
            var run = await RunAsync("--classifier", "knn");

            Assert.Equal(
                (1, $"{Out}: another process is writing here; wait until it is done, or write to another folder"),
                (run.ExitCode, Assert.Single(run.ErrorLines))
            );
            Assert.Equal([Path.Combine(Out, ".output.lock")], Directory.GetFileSystemEntries(Out));
        }

        Assert.Equal(0, (await RunAsync("--classifier", "knn")).ExitCode);
    }

    [Theory]
    [InlineData("--distances", "1,x")]
    [InlineData("--distances", "0")]
    [InlineData("--distances", "2,2")]
    [InlineData("--classifier", "svm")]
    [InlineData("--classifier", "knn", "--search")]
    public async Task Wrong_arguments_give_exit_code_2(params string[] more)
    {
        NoiseImages.WriteSplits(Data);

        Assert.Equal(2, (await RunAsync(more)).ExitCode);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task A_damaged_model_and_one_trained_on_other_images_are_rejected()
    {
        NoiseImages.WriteSplits(Data);
        var model = Path.Combine(_folder.Path, "model");
        await RunAsync("--classifier", "knn", "--save", model);
        var content = await File.ReadAllBytesAsync(model, Cancellation);
        var other = Path.Combine(_folder.Path, "other");
        NoiseImages.Write(other, "test1", 5, side: 20);

        var predictions = Path.Combine(_folder.Path, "p");
        var mismatch = await Support.Cli.RunAsync("baseline", "predict", "--model", model, "--data", other, "--out", predictions);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(model, content, Cancellation);
        var damaged = await Support.Cli.RunAsync("baseline", "predict", "--model", model, "--data", Data, "--out", predictions);
        var missing = await Support.Cli.RunAsync("baseline", "predict", "--model", model + "x", "--data", Data, "--out", predictions);

        Assert.Equal(
            (1, $"{other}/X_test1.hdf5: the images have 2 channels of 20 x 20 pixels, but the training images have 2 of 24 x 24"),
            (mismatch.ExitCode, Assert.Single(mismatch.ErrorLines))
        );
        Assert.Equal(
            (1, $"{model}: this is not a model file, or it is damaged; train again with coos baseline run --save"),
            (damaged.ExitCode, Assert.Single(damaged.ErrorLines))
        );
        Assert.Equal(1, missing.ExitCode);
        Assert.StartsWith($"{model}x: the model cannot be read:", Assert.Single(missing.ErrorLines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> RunAsync(params string[] more) =>
        Support.Cli.RunAsync(["baseline", "run", "texture", "--data", Data, "--out", Out, .. more]);

    private void AssertRejected(Support.Cli run, string problem)
    {
        Assert.Equal((1, problem), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.Empty(Directory.Exists(Out) ? Directory.GetFiles(Out) : []);
    }

    private string[] Parts() => Directory.GetFiles(_folder.Path, "*.part", SearchOption.AllDirectories);
}
