using System.Diagnostics;
using Coos.Cli.Tests.Support;

namespace Coos.Cli.Tests.Baseline;

/// <summary>Tests Ctrl-C during a run, and runs with different numbers of threads.</summary>
public sealed class BaselineProcessTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    [Fact]
    public async Task Ctrl_C_leaves_no_partial_files_and_the_same_command_resumes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "sends SIGINT with kill");

        // Enough images for the search to take much longer than the delivery of a signal.
        NoiseImages.Write(Data, "training", 600);
        NoiseImages.Write(Data, "test1", 20);
        var output = Path.Combine(_folder.Path, "out");
        using var run = CoosProcess.Start(
            2,
            "baseline",
            "run",
            "texture",
            "--data",
            Data,
            "--out",
            output,
            "--classifier",
            "rf",
            "--search"
        );
        var features = Path.Combine(output, ".features");
        while (!run.HasExited && !(Directory.Exists(features) && Directory.GetFiles(features, "*.features").Length > 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        using var kill = Process.Start("kill", ["-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var (exitCode, error) = await run.EndAsync(Cancellation);

        Assert.Equal((1, "interrupted; run the same command again to resume\n"), (exitCode, error));
        Assert.Empty(Directory.GetFiles(output));
        // If the signal came late, the features of the test split exist too.
        var kept = Directory.GetFiles(output, "*", SearchOption.AllDirectories);
        Assert.InRange(kept.Length, 1, 2);
        Assert.All(kept, file => Assert.EndsWith(".features", file, StringComparison.Ordinal));
        var resumed = await Support.Cli.RunAsync("baseline", "run", "texture", "--data", Data, "--out", output, "--classifier", "rf");
        Assert.Equal(0, resumed.ExitCode);
    }

    [Fact]
    public async Task Predictions_do_not_depend_on_the_number_of_threads()
    {
        NoiseImages.Write(Data, "training", 300);
        NoiseImages.Write(Data, "test1", 40);
        foreach (var classifier in (string[])["knn", "l1lr", "rf"])
        {
            var files = new List<byte[]>();
            foreach (var processors in (int[])[1, 5])
            {
                var output = Path.Combine(_folder.Path, $"{classifier}-{processors}");
                using var run = CoosProcess.Start(
                    processors,
                    "baseline",
                    "run",
                    "texture",
                    "--data",
                    Data,
                    "--out",
                    output,
                    "--classifier",
                    classifier
                );
                Assert.Equal((0, ""), await run.EndAsync(Cancellation));
                files.Add(await File.ReadAllBytesAsync(Path.Combine(output, "test1.csv"), Cancellation));
            }

            Assert.Equal(files[0], files[1]);
        }
    }

    public void Dispose() => _folder.Dispose();
}
