using System.Diagnostics;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Docs;

/// <summary>
/// Follows docs/own-benchmark.md exactly: creates its folder, starts the server and runs the check with the labels as
/// predictions.
/// </summary>
public sealed class OwnBenchmarkGuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-own-guide-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_benchmark_of_the_guide_works_and_its_labels_score_without_error()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "bash or curl is not installed");
        var guide = await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "docs", "own-benchmark.md"), Cancellation);
        await using var server = new TestServer();
        WriteBenchmark(guide, Path.Combine(_folder, "my-benchmarks", "my-cells"));
        Copy(Path.Combine(_folder, "my-benchmarks", "my-cells"), Path.Combine(Path.GetDirectoryName(server.Tiny)!, "my-cells"));
        await server.StartAsync();

        var board = await server.Client.GetStringAsync("/benchmarks/my-cells", Cancellation);
        var response = JsonNode.Parse(
            await RunAsync(
                FindBlock(guide, "sh", "for split in")
                    .Replace("http://localhost:5000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            )
        )!;

        Assert.Contains("<h1>My cells: does it work on our other microscope?</h1>", board, StringComparison.Ordinal);
        Assert.Equal(("scored", "private"), ((string?)response["status"], (string?)response["visibility"]));
        Assert.Equal(
            [("test1", 0.0), ("test2", 0.0)],
            response["evaluation"]!["splits"]!.AsArray().Select(s => ((string?)s!["split"], (double)s["balancedError"]!))
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Writes the manifest of the guide, and its labels with a second image of each class.</summary>
    private static void WriteBenchmark(string guide, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        File.WriteAllText(Path.Combine(folder, "benchmark.json"), FindBlock(guide, "json", "\"slug\": \"my-cells\""));
        var labels = FindBlock(guide, "csv", "image_id,label,plate,well") + "cell-0003,Round,plate1,A03\ncell-0004,Long,plate1,A04\n";
        foreach (var split in new[] { "test1", "test2" })
        {
            File.WriteAllText(Path.Combine(folder, "labels", split + ".csv"), labels);
        }
    }

    private static string FindBlock(string guide, string language, string with) =>
        guide.Split($"```{language}\n").Skip(1).Select(b => b.Split("```")[0]).Single(b => b.Contains(with, StringComparison.Ordinal));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task<string> RunAsync(string script)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/bin/bash", ["-e", "-c", script.Replace("curl -F", "curl -sS -F", StringComparison.Ordinal)])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"{await error}\n{output}");
        return output;
    }
}
