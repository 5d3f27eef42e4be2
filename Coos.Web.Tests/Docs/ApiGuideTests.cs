using System.IO.Compression;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Docs;

/// <summary>Runs every example of docs/api.md against a real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class ApiGuideTests(CoosFixture server) : IDisposable
{
    private static readonly string[] Splits = ["test1", "test2", "test3", "test4"];

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-guide-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_curl_examples_submit_and_read()
    {
        await ExampleProgram.SkipUnlessAsync("/bin/bash", ["-c", "curl --version"], "curl");
        string[] arguments = ["-e", "-c"];
        var (submitted, read) = await RunGuideAsync("sh", "/bin/bash", arguments);

        Assert.Contains("\"status\":\"scored\"", submitted, StringComparison.Ordinal);
        Assert.Contains("\"rows\":[", read, StringComparison.Ordinal);
        Assert.Contains("\"methods\":[", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curl_example_of_uploads_submits_them()
    {
        await ExampleProgram.SkipUnlessAsync("/bin/bash", ["-c", "curl --version"], "curl");
        WritePredictions();
        var example = (await ReadBlocksAsync("sh")).Single(b => b.Contains("/api/uploads", StringComparison.Ordinal));

        var submitted = await ExampleProgram.RunAsync(
            _folder,
            "/bin/bash",
            ["-e", "-c", example.Replace("Guide", "Uploads", StringComparison.Ordinal)]
        );

        Assert.Contains("\"status\":\"scored\"", submitted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Python_examples_submit_and_read()
    {
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        await ExampleProgram.SkipUnlessAsync(python, ["-c", "import requests"], "Python with the package requests");
        var (submitted, read) = await RunGuideAsync("python", python, "-c");

        Assert.Contains("test4: 0.0% (0.0% to ", submitted, StringComparison.Ordinal);
        Assert.Contains("'test4': 0", read, StringComparison.Ordinal);
        Assert.Contains("true/predicted,", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_R_examples_submit_and_read()
    {
        await ExampleProgram.SkipUnlessAsync(
            "Rscript",
            ["-e", "library(httr2); library(jsonlite)"],
            "R with the packages httr2 and jsonlite"
        );
        var (submitted, read) = await RunGuideAsync("r", "Rscript", "-e");

        Assert.Contains("test4: 0.0%", submitted, StringComparison.Ordinal);
        Assert.Contains("Golgi", read, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs the first example of a language, which submits, and then the other examples, which read.</summary>
    private async Task<(string Submitted, string Read)> RunGuideAsync(string language, string program, params string[] arguments)
    {
        WritePredictions();
        var blocks = (await ReadBlocksAsync(language)).Where(b => !b.Contains("/api/uploads", StringComparison.Ordinal)).ToList();
        Assert.True(blocks.Count >= 2);
        return (
            await ExampleProgram.RunAsync(_folder, program, [.. arguments, blocks[0]]),
            await ExampleProgram.RunAsync(_folder, program, [.. arguments, string.Join('\n', blocks.Skip(1))])
        );
    }

    private async Task<IReadOnlyList<string>> ReadBlocksAsync(string language)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "docs", "api.md"), Cancellation);
        return
        [
            .. guide
                .Split($"```{language}\n")
                .Skip(1)
                .Select(block =>
                    block
                        .Split("```")[0]
                        .Replace("http://localhost:5000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
                        .Replace("My lab", "Guide in " + language, StringComparison.Ordinal)
                ),
        ];
    }

    private void WritePredictions()
    {
        foreach (var split in Splits)
        {
            WriteLabelsAsPredictions(split);
        }
    }

    private void WriteLabelsAsPredictions(string split)
    {
        var labels = Path.Combine(Checkout.Folder, "benchmarks", "coos-sim", "labels", split + ".csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(labels), CompressionMode.Decompress));
        File.WriteAllLines(
            Path.Combine(_folder, split + ".csv"),
            reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => string.Join(',', l.Split(',').Take(2)))
        );
    }
}
