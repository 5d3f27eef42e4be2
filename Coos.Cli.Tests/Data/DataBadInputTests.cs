using System.Diagnostics;
using Coos.Cli.Tests.Support;
using PureHDF;

namespace Coos.Cli.Tests.Data;

/// <summary><c>coos data</c> on everything that can be wrong with images, labels and disks: one line, exit code 1, nothing half-written.</summary>
public sealed class DataBadInputTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Root, "data");

    private string File1 => Path.Combine(Data, "X_test1.hdf5");

    private string Out => Path.Combine(_folder.Root, "out");

    [Fact]
    public async Task A_truncated_HDF5_file()
    {
        Images.Write(Data, "test1", 6);
        await File.WriteAllBytesAsync(File1, (await File.ReadAllBytesAsync(File1, Cancellation))[..^200], Cancellation);

        await AssertFailsAsync($"{File1}: the file is truncated", "unpack", File1);
        await AssertFailsAsync($"{File1}: the file is truncated", "labels", File1);
    }

    [Fact]
    public async Task A_pixel_that_is_no_number()
    {
        Images.Write(Data, "test1", 6, change: (_, place, sample) => place == (2 * 2 * 24 * 24) + (24 * 24) + 25 ? float.NaN : sample);

        await AssertFailsAsync($"{File1}: dataset data: image 2: the sample in channel 1, row 1, column 1 is NaN", "unpack", File1);
    }

    [Fact]
    public async Task Vectors_of_unequal_length()
    {
        Write(new long[] { 0, 1, 2 }, (2, 2, 4, 4));

        await AssertFailsAsync($"{File1}: dataset labels: it has 3 entries where data has 2 images", "unpack", File1);
        await AssertFailsAsync($"{File1}: dataset labels: it has 3 entries where data has 2 images", "labels", File1);
        await AssertFailsAsync($"{File1}: dataset labels: it has 3 entries where data has 2 images", "info", File1);
    }

    [Fact]
    public async Task A_label_that_is_no_class()
    {
        Write(new long[] { 0, -1 }, (2, 2, 4, 4));

        await AssertFailsAsync($"{File1}: dataset labels: image 1: label -1 is out of range; labels are whole numbers from 0 to 254", "labels", File1);
        await AssertFailsAsync($"{File1}: dataset labels: image 1: label -1 is out of range; labels are whole numbers from 0 to 254", "unpack", File1);
    }

    [Fact]
    public async Task Images_of_another_shape()
    {
        var file = new H5File { ["data"] = new H5Dataset(new ushort[32], fileDims: [2, 4, 4]) };
        Directory.CreateDirectory(Data);
        file.Write(File1);

        await AssertFailsAsync($"{File1}: dataset data: its shape is (2, 4, 4); expected images of shape (N, channels, height, width)", "unpack", File1);
    }

    [Fact]
    public async Task A_folder_with_both_layouts()
    {
        Images.Write(Data, "test1", 4);
        _folder.Write("data/test2/0/1_protein.tif", "");

        await AssertFailsAsync($"{Data}: the folder has both HDF5 files (X_test1.hdf5) and TIFF folders (test2); name the one that is meant", "unpack", Data);
        await AssertFailsAsync($"{Data}: the folder has both HDF5 files (X_test1.hdf5) and TIFF folders (test2); name the one that is meant", "info", Data);
    }

    [Fact]
    public async Task A_damaged_TIFF_file()
    {
        var bad = _folder.Write("data/0/1_protein.tif", "II*");

        await AssertFailsAsync($"{bad}: this is no TIFF file, or it is truncated: Cannot read TIFF header", "info", Data);
    }

    [Theory]
    [InlineData("labels", "test1.csv")]
    [InlineData("simulate", "COOS-SIM_v1.0_training.hdf5")]
    public async Task A_full_disk(string command, string name)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no device that is always full");
        Images.Write(Data, "test1", 6);
        Directory.CreateDirectory(Out);
        var target = Path.Combine(Out, name);
        File.CreateSymbolicLink(target + ".part", "/dev/full");

        var run = command == "labels"
            ? await Support.Cli.RunAsync("data", "labels", File1, "--out", target)
            : await Support.Cli.RunAsync("data", "simulate", "--out", Out, "--scale", "0.002");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{target}: cannot be written: No space left on device", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Out));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_unpacking_leaves_a_part_and_the_same_command_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "sends SIGINT with kill");

        // So many that writing them takes much longer than a signal.
        const int Count = 20_000;
        Write([.. Enumerable.Range(0, Count).Select(i => (long)(i % 7))], (Count, 2, 4, 4));
        var part = Path.Combine(Out, "test1.part");
        using var run = CoosProcess.Start(2, "data", "unpack", File1, "--out", Out);
        while (!run.HasExited && !(Directory.Exists(Path.Combine(part, "0")) && Directory.EnumerateFiles(Path.Combine(part, "0")).Any()))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }

        using var kill = Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var (exitCode, error) = await run.EndAsync(Cancellation);

        Assert.Equal((1, "interrupted; the same command takes it up again\n"), (exitCode, error));
        Assert.Equal([part], Directory.GetFileSystemEntries(Out));
        var whole = Directory.GetFiles(part, "*", SearchOption.AllDirectories);
        Assert.Single(whole.Select(f => new FileInfo(f).Length).Distinct());
        Assert.InRange(whole.Length, 1, (2 * Count) - 1);
        Assert.Equal(0, (await Support.Cli.RunAsync("data", "unpack", File1, "--out", Out)).ExitCode);
        Assert.Equal([Path.Combine(Out, "test1")], Directory.GetFileSystemEntries(Out));
        Assert.Equal(2 * Count, Directory.GetFiles(Out, "*.tif", SearchOption.AllDirectories).Length);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(long[] labels, (int Count, int Channels, int Height, int Width) shape)
    {
        Directory.CreateDirectory(Data);
        var data = new ushort[shape.Count * shape.Channels * shape.Height * shape.Width];
        var file = new H5File
        {
            ["data"] = new H5Dataset(data, fileDims: [(ulong)shape.Count, (ulong)shape.Channels, (ulong)shape.Height, (ulong)shape.Width]),
            ["labels"] = labels,
        };
        file.Write(File1);
    }

    private async Task AssertFailsAsync(string problem, string command, string path)
    {
        string[] output = command == "info" ? [] : ["--out", Path.Combine(Out, command == "labels" ? "x.csv" : "")];

        var run = await Support.Cli.RunAsync(["data", command, path, .. output]);

        Assert.Equal((1, problem), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.False(Directory.Exists(Path.Combine(Out, "test1")));
        Assert.Empty(Directory.Exists(Out) ? Directory.GetFiles(Out, "*", SearchOption.AllDirectories) : []);
    }
}
