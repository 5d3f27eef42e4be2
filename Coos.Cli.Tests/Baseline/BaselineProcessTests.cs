using System.Diagnostics;
using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Ctrl-C in the middle of a run, and runs on different numbers of threads.</summary>
public sealed class BaselineProcessTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    [Fact]
    public async Task Ctrl_C_leaves_no_half_file_and_the_same_command_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "sends SIGINT with kill");

        // So many that the search takes much longer than a signal.
        NoiseImages.Write(Data, "training", 600);
        NoiseImages.Write(Data, "test1", 20);
        var output = Path.Combine(_folder.Path, "out");
        using var run = CoosProcess.Start(2, "baseline", "run", "texture", "--data", Data, "--out", output, "--classifier", "rf", "--search");
        while (!run.HasExited && !(Directory.Exists(Path.Combine(output, ".features")) && Directory.GetFiles(Path.Combine(output, ".features"), "*.features").Length > 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        using var kill = Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var (exitCode, error) = await run.EndAsync(Cancellation);

        Assert.Equal((1, "interrupted; the same command takes it up again\n"), (exitCode, error));
        Assert.Empty(Directory.GetFiles(output));
        // Those of the test set are there too where the signal came late.
        var kept = Directory.GetFiles(output, "*", SearchOption.AllDirectories);
        Assert.InRange(kept.Length, 1, 2);
        Assert.All(kept, file => Assert.EndsWith(".features", file, StringComparison.Ordinal));
        Assert.Equal(0, (await Support.Cli.RunAsync("baseline", "run", "texture", "--data", Data, "--out", output, "--classifier", "rf")).ExitCode);
    }

    [Fact]
    public async Task The_number_of_threads_does_not_change_a_byte()
    {
        NoiseImages.Write(Data, "training", 300);
        NoiseImages.Write(Data, "test1", 40);
        foreach (var classifier in (string[])["knn", "l1lr", "rf"])
        {
            var files = new List<byte[]>();
            foreach (var processors in (int[])[1, 5])
            {
                var output = Path.Combine(_folder.Path, $"{classifier}-{processors}");
                using var run = CoosProcess.Start(processors, "baseline", "run", "texture", "--data", Data, "--out", output, "--classifier", classifier);
                Assert.Equal((0, ""), await run.EndAsync(Cancellation));
                files.Add(await File.ReadAllBytesAsync(Path.Combine(output, "test1.csv"), Cancellation));
            }

            Assert.Equal(files[0], files[1]);
        }
    }

    public void Dispose() => _folder.Dispose();
}
