using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Data;

/// <summary>Tests <c>coos data</c>, from simulated files to TIFF folders and label files, and its exit codes.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Simulated_files_are_shown_unpacked_and_labelled()
    {
        var (hdf5, tiff) = (Path.Combine(_folder.Path, "hdf5"), Path.Combine(_folder.Path, "tiff"));
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "simulate", "--out", hdf5, "--scale", "0.005")).ExitCode);
        var test1 = Path.Combine(hdf5, "COOS-SIM_v1.0_test1.hdf5");
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "info", hdf5)).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "unpack", hdf5, "--out", tiff)).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "labels", test1, "--out", Path.Combine(_folder.Path, "test1.csv"))).ExitCode);

        Assert.Equal(["test1", "test2", "test3", "test4", "train"], Directory.GetDirectories(tiff).Select(Path.GetFileName).Order());
        var labels = await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "test1.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("image_id,label,plate,well", labels[0]);
        var images = Directory.GetFiles(Path.Combine(tiff, "test1"), "*.tif", SearchOption.AllDirectories);
        Assert.Equal(2 * (labels.Length - 1), images.Length);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("unpack", "--out", "never")]
    [InlineData("labels", "--out", "never")]
    public async Task A_bad_file_gives_one_line_and_exit_code_1(string command, params string[] options)
    {
        var file = _folder.Write("bad_test1.hdf5", "not HDF5");

        var result = await Support.Cli.RunAsync(["data", command, file, .. options]);

        Assert.Equal((1, $"{file}: this is not an HDF5 file"), (result.ExitCode, Assert.Single(result.ErrorLines)));
        Assert.False(Path.Exists("never"));
    }

    /// <summary>The first image is fine, so only reading all of them finds what is wrong.</summary>
    [Fact]
    public async Task Info_says_what_unpack_says()
    {
        var split = Path.Combine(_folder.Path, "test1");
        WriteTiff(Path.Combine(split, "0", "0_protein.tif"), 8);
        WriteTiff(Path.Combine(split, "0", "1_protein.tif"), 9);

        var info = await Support.Cli.RunAsync("data", "info", split);
        var unpack = await Support.Cli.RunAsync("data", "unpack", split, "--split", "test1", "--out", Path.Combine(_folder.Path, "out"));

        Assert.Equal((1, 1), (info.ExitCode, unpack.ExitCode));
        Assert.Equal(Assert.Single(unpack.ErrorLines), Assert.Single(info.ErrorLines));
        Assert.Contains("1_protein.tif: the image is 9x9 uint16", info.Error, StringComparison.Ordinal);

        static void WriteTiff(string path, int side)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Shared.Datasets.Tiff.TiffEncoder.Encode(new ushort[side * side], side, side));
        }
    }

    /// <summary>The program turns .NET's own file locks off, so the test needs two processes.</summary>
    [Fact]
    public async Task Two_processes_cannot_unpack_into_one_folder()
    {
        var file = Path.Combine(_folder.Path, "COOS-SIM_v1.0_training.hdf5");
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "simulate", "--out", _folder.Path, "--scale", "0.002")).ExitCode);
        var tiff = Path.Combine(_folder.Path, "tiff");
        using (Shared.Datasets.OutputLock.Acquire(tiff, "train"))
        {
            using var second = CoosProcess.Start(1, "data", "unpack", file, "--out", tiff);

            Assert.Equal(
                (1, $"{tiff}: another process is writing here; wait until it is done, or write to another folder\n"),
                await second.EndAsync(TestContext.Current.CancellationToken)
            );
            Assert.Equal([Path.Combine(tiff, ".train.lock")], Directory.GetFileSystemEntries(tiff));
        }

        using var alone = CoosProcess.Start(1, "data", "unpack", file, "--out", tiff);
        Assert.Equal((0, ""), await alone.EndAsync(TestContext.Current.CancellationToken));
        Assert.Equal([Path.Combine(tiff, "train")], Directory.GetFileSystemEntries(tiff));
    }

    [Fact]
    public async Task A_partly_unpacked_split_is_rejected()
    {
        _folder.Write(Path.Combine("tiff", "train", "0", "0_protein.tif"), "never read");
        _folder.Write(Path.Combine("tiff", "test1.part", "0", "0_protein.tif"), "never read");
        var tiff = Path.Combine(_folder.Path, "tiff");

        var result = await Support.Cli.RunAsync("baseline", "run", "texture", "--data", tiff, "--out", Path.Combine(_folder.Path, "out"));

        Assert.Equal(
            (
                1,
                $"{tiff}: test1.part/ is incomplete: coos data unpack is still running, or was interrupted; "
                    + "run the same command again, or delete that folder"
            ),
            (result.ExitCode, Assert.Single(result.ErrorLines))
        );
    }

    /// <summary>An HDF5 file next to the label folders of an unpacked split is ambiguous.</summary>
    [Fact]
    public async Task A_folder_with_both_layouts_is_rejected()
    {
        NoiseImages.Write(_folder.Path, "test1", 4);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "3"));
        _folder.Write(Path.Combine("3", "0_protein.tif"), "never read");

        var result = await Support.Cli.RunAsync("data", "info", _folder.Path);

        Assert.Equal(
            (
                1,
                $"{_folder.Path}: the folder has both HDF5 files (X_test1.hdf5) and a TIFF folder's labels (3/); "
                    + "specify the HDF5 file to use, or keep one layout in the folder"
            ),
            (result.ExitCode, Assert.Single(result.ErrorLines))
        );
    }

    [Theory]
    [InlineData("unpack", "x.hdf5")]
    [InlineData("simulate", "--out", "never", "--scale", "-1")]
    public async Task Wrong_arguments_give_exit_code_2(params string[] args) =>
        Assert.Equal(2, (await Support.Cli.RunAsync(["data", .. args])).ExitCode);

    public void Dispose() => _folder.Dispose();
}
