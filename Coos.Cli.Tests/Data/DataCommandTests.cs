using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Data;

/// <summary><c>coos data</c> from simulated files to TIFF folders and label files, and its exit codes.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Simulated_files_are_shown_unpacked_and_labelled()
    {
        var (hdf5, tiff) = (Path.Combine(_folder.Root, "hdf5"), Path.Combine(_folder.Root, "tiff"));
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "simulate", "--out", hdf5, "--scale", "0.005")).ExitCode);
        var test1 = Path.Combine(hdf5, "COOS-SIM_v1.0_test1.hdf5");
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "info", hdf5)).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "unpack", hdf5, "--out", tiff)).ExitCode);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "labels", test1, "--out", Path.Combine(_folder.Root, "test1.csv"))).ExitCode);

        Assert.Equal(["test1", "test2", "test3", "test4", "train"], Directory.GetDirectories(tiff).Select(Path.GetFileName).Order());
        var labels = await File.ReadAllLinesAsync(Path.Combine(_folder.Root, "test1.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("image_id,label,plate,well", labels[0]);
        Assert.Equal(2 * (labels.Length - 1), Directory.GetFiles(Path.Combine(tiff, "test1"), "*.tif", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("unpack", "--out", "never")]
    [InlineData("labels", "--out", "never")]
    public async Task A_bad_file_is_one_line_and_exit_code_1(string command, params string[] options)
    {
        var file = _folder.Write("bad_test1.hdf5", "not HDF5");

        var result = await Support.Cli.RunAsync(["data", command, file, .. options]);

        Assert.Equal((1, $"{file}: this is no HDF5 file"), (result.ExitCode, Assert.Single(result.ErrorLines)));
        Assert.False(Path.Exists("never"));
    }

    [Theory]
    [InlineData("unpack", "x.hdf5")]
    [InlineData("simulate", "--out", "never", "--scale", "-1")]
    public async Task Wrong_arguments_are_exit_code_2(params string[] args) =>
        Assert.Equal(2, (await Support.Cli.RunAsync(["data", .. args])).ExitCode);

    public void Dispose() => _folder.Dispose();
}
