using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>
/// <c>coos score</c> prints the same bytes as the evaluation of the server. The tool runs as a process and the server over
/// HTTP, on real files (yeast5) and on the bundled benchmark, which has intervals by well and files with probabilities.
/// </summary>
[Collection(ServerCollection.Name)]
[OneDatabase]
public sealed class OfflineScoreTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("knn")]
    [InlineData("l1lr")]
    [InlineData("rf")]
    public async Task Real_files_have_the_same_evaluation_offline(string model)
    {
        var folder = SharedFolder.RequireYeast();
        var form = new UploadForm().Field("benchmark", "yeast5").Field("method", model).Field("submitter", nameof(OfflineScoreTests));
        var files = new List<string>();
        foreach (
            var path in Directory.EnumerateFiles(Path.Combine(folder, "predictions", model), "test*.csv").Order(StringComparer.Ordinal)
        )
        {
            var split = Path.GetFileNameWithoutExtension(path);
            form.File(split, await File.ReadAllBytesAsync(path, Cancellation));
            files.Add($"{split}={path}");
        }

        var submission = await server.Client.SubmitScoredAsync(form);

        Assert.Equal(3, files.Count);
        await AssertSameAsync((string)submission["links"]!["self"]!, folder, files);
    }

    [Theory]
    [InlineData("texture-rf")]
    [InlineData("texture-knn")]
    public async Task A_bundled_baseline_with_wells_and_probabilities_has_the_same_evaluation_offline(string baseline)
    {
        var folder = Path.Combine(Checkout.Folder, "benchmarks", "coos-sim");
        var rows = (await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?kind=baseline&pageSize=500"))["rows"]!.AsArray();
        var documents = await Task.WhenAll(rows.Select(r => server.Client.GetJsonAsync((string)r!["links"]!["self"]!)));
        var self = (string)documents.Single(d => (string?)d["baseline"]!["name"] == baseline)["links"]!["self"]!;
        string[] files =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(folder, "baselines", baseline), "*.csv.gz")
                .Select(f => $"{Path.GetFileName(f).Split('.')[0]}={f}"),
        ];

        var offline = await AssertSameAsync(self, folder, files);

        var splits = JsonNode.Parse(offline)!["splits"]!.AsArray();
        Assert.Equal(["test1", "test2", "test3", "test4"], splits.Select(s => (string?)s!["split"]));
        Assert.All(splits, s => Assert.StartsWith("by well (Korn and Graubard)", (string?)s!["intervalMethod"], StringComparison.Ordinal));
        Assert.All(splits, s => Assert.NotNull(s!["calibration"]));
    }

    private async Task<string> AssertSameAsync(string self, string folder, IEnumerable<string> files)
    {
        var sent = await server.Client.GetStringAsync(self, Cancellation);
        var offline = (await CoosTool.RunAsync(Cancellation, ["score", "--benchmark", folder, "--json", .. files])).TrimEnd('\r', '\n');

        Assert.Contains($"\"evaluation\":{offline}", sent, StringComparison.Ordinal);
        return offline;
    }
}
