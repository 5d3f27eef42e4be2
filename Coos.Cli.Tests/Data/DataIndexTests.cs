using System.IO.Compression;
using System.Text;
using Coos.Cli.Tests.Support;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;
using Coos.Shared.Labels;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Cli.Tests.Data;

/// <summary>Tests <c>coos data index</c>.</summary>
public sealed class DataIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    /// <summary>The index of the training images depends on all of them, and that of Test1 on their standardisation.</summary>
    [Fact]
    public async Task The_committed_index_of_the_simulated_images_is_reproduced_byte_for_byte()
    {
        Directory.CreateDirectory(Data);
        var parameters = new SimulationParameters();
        foreach (var (number, split) in parameters.Design.Splits.Index().Where(s => s.Item.Name is "training" or "test1"))
        {
            SimulatedFile.Write(
                new SimulatedSplit(parameters, number, SimulationParameters.DefaultSeed),
                Path.Combine(Data, SimulatedFile.FileName(split.Name)),
                cancellation: Cancellation
            );
        }

        var run = await Support.Cli.RunAsync("data", "index", Data);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var split in new[] { "training", "test1" })
        {
            var (written, committed) = (NeighbourIndex.PathOf(Data, split), NeighbourIndex.PathOf(Checkout.CoosSim, split));
            Assert.Equal(await ReadAsync(committed), await ReadAsync(written));
        }
    }

    [Fact]
    public async Task An_index_is_the_same_for_HDF5_and_TIFF_and_no_training_image_is_its_own_neighbour()
    {
        var (tiff, output) = (Path.Combine(_folder.Path, "tiff"), Path.Combine(_folder.Path, "out"));
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "simulate", "--out", Data, "--scale", "0.01")).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "unpack", Data, "--out", tiff)).ExitCode);

        Assert.Equal(0, (await Support.Cli.RunAsync("data", "index", Data, "--neighbours", "3")).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "index", tiff, "--neighbours", "3", "--out", output)).ExitCode);

        Assert.False(Directory.Exists(Path.Combine(tiff, "nearest")));
        string[] splits = ["test1", "test2", "test3", "test4", "training"];
        Assert.Equal(splits.Select(s => s + ".csv.gz"), Directory.GetFiles(Path.Combine(Data, "nearest")).Select(Path.GetFileName).Order());
        foreach (var split in splits)
        {
            Assert.Equal(await ReadAsync(NeighbourIndex.PathOf(Data, split)), await ReadAsync(NeighbourIndex.PathOf(output, split)));
        }

        var ids = ReadIds(Path.Combine(Data, SimulatedFile.FileName("training")));
        var index = NeighbourFile.Read(NeighbourIndex.PathOf(Data, "training"), ids, ids);
        for (var position = 0; position < ids.Count; position++)
        {
            var nearest = index.Find(position);
            Assert.DoesNotContain(nearest, n => n.Image == position);
            Assert.Equal(nearest.Select(n => n.Distance).Order(), nearest.Select(n => n.Distance));
        }
    }

    [Fact]
    public async Task Too_few_training_images_are_reported_and_nothing_is_written()
    {
        NoiseImages.Write(_folder.Path, "training", 5);
        NoiseImages.Write(_folder.Path, "test1", 5);

        var run = await Support.Cli.RunAsync("data", "index", _folder.Path, "--neighbours", "5");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("there are 5 training images; --neighbours 5 needs 6", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "nearest")));
    }

    [Fact]
    public async Task A_dataset_without_training_images_is_reported()
    {
        NoiseImages.Write(_folder.Path, "test1", 5);

        var run = await Support.Cli.RunAsync("data", "index", _folder.Path);

        Assert.Equal(
            (1, $"{_folder.Path}: there is no training split (*_training.hdf5 or train/)"),
            (run.ExitCode, Assert.Single(run.ErrorLines))
        );
    }

    [Theory]
    [InlineData("--neighbours", "0")]
    [InlineData("--neighbours", "101")]
    [InlineData("--distances", "0")]
    public async Task Wrong_options_give_exit_code_2(string option, string value) =>
        Assert.Equal(2, (await Support.Cli.RunAsync("data", "index", _folder.Path, option, value)).ExitCode);

    public void Dispose() => _folder.Dispose();

    private static ImageIndex ReadIds(string path)
    {
        using var set = ImageSet.Open(path);
        return ImageIndex.Create([.. Enumerable.Range(0, set.Shape.Count).Select(i => Encoding.UTF8.GetBytes(set.Id(i)))], out _);
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var packed = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
