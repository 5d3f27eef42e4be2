using System.Net;
using System.Text.Json.Nodes;
using Coos.Shared.Scores;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>
/// Intervals and tests on pages and in the API for real submissions: three of yeast5, and the bundled baselines of coos-sim,
/// whose labels have wells.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class RealDataBoardTests(CoosFixture server)
{
    private const string ByWell = "by well (Korn and Graubard), for these plates only";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_simulated_benchmark_has_intervals_by_well_ranks_and_the_cost_of_the_shift()
    {
        var board = await AwaitAsync("coos-sim");
        var rows = board["rows"]!.AsArray().Where(r => r!["splits"]!.AsObject().Count == 4).ToList();
        var page = await ReadAsync("/benchmarks/coos-sim");
        var shift = await ReadAsync("/benchmarks/coos-sim/generalisation");

        Assert.True(rows.Count >= 19, $"{rows.Count} rows");
        Assert.All(
            rows,
            row =>
            {
                Assert.All(
                    row!["splits"]!.AsObject(),
                    s => Assert.StartsWith(ByWell, (string?)s.Value!["intervalMethod"], StringComparison.Ordinal)
                );
                AssertHolds((double)row["score"]!, row["scoreInterval"]!);
                AssertHolds((double)row["gap"]!, row["gapInterval"]!);
                Assert.InRange((int)row["rank"]!, (int)row["rankInterval"]![0]!, (int)row["rankInterval"]![1]!);
                var costs = row["generalisation"]!;
                Assert.Equal(["test2", "test3", "test4"], costs["gaps"]!.AsObject().Select(g => g.Key));
                Assert.All(costs["gaps"]!.AsObject(), g => AssertHolds((double)g.Value!["gap"]!, g.Value["interval"]!));
                Assert.All(costs["gaps"]!.AsObject(), g => Assert.InRange((double)g.Value!["effectiveRobustness"]!, -1, 1));
                Assert.InRange((double)costs["effectiveRobustness"]!, -1, 1);
                Assert.NotNull(costs["worstSplit"]);
            }
        );
        Assert.Equal(["test2", "test3", "test4"], board["robustness"]!["splits"]!.AsObject().Select(s => s.Key));
        Assert.Equal("well", (string?)board["ranking"]!["unit"]);
        Assert.Contains((string)board["ranking"]!["conclusion"]!, page, StringComparison.Ordinal);
        Assert.All(new[] { page, shift }, html => Assert.Contains($"95% intervals {ByWell}.", html, StringComparison.Ordinal));
        Assert.Contains("the fitted line has slope", shift, StringComparison.Ordinal);
        Assert.Matches(@"[\d.]+ points (above|below) the line", shift);
    }

    [Fact]
    public async Task Two_entries_of_the_simulated_benchmark_are_compared_by_well()
    {
        var rows = (await AwaitAsync("coos-sim"))["rows"]!.AsArray().Where(r => (string?)r!["kind"] == "baseline").ToList();
        var (a, b) = ((Guid)rows[0]!["id"]!, (Guid)rows[^1]!["id"]!);

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a}&b={b}");
        var page = await ReadAsync($"/compare?a={a}&b={b}");
        var matrix = await server.Client.GetJsonAsync($"/api/submissions/{a}/confusion/test4?from=test1");
        var explorer = await ReadAsync($"/submissions/{a}/confusion/test4?from=test1&order=loss");

        var ranking = comparison["ranking"]!;
        Assert.Equal("a", (string?)ranking["better"]);
        Assert.Equal("by well (Student's t, for these plates only), over all ranking splits together", (string?)ranking["method"]);
        Assert.Contains((string)comparison["verdict"]!, page, StringComparison.Ordinal);
        Assert.All(
            comparison["splits"]!.AsArray(),
            split =>
            {
                Assert.StartsWith("by well (Student's t", (string?)split!["paired"]!["method"], StringComparison.Ordinal);
                Assert.Equal(
                    "Agresti and Min for paired proportions, by well for classes with two or more of them",
                    (string?)split["paired"]!["classMethod"]
                );
                AssertHolds((double)split["difference"]!, split["paired"]!["differenceInterval"]!);
            }
        );
        Assert.All(
            matrix["difference"]!["mistakes"]!.AsArray(),
            m => Assert.Contains("instead of", (string?)m!["text"], StringComparison.Ordinal)
        );
        Assert.Contains("Test4 minus Test1, points", explorer, StringComparison.Ordinal);
        Assert.Contains((string)matrix["difference"]!["mistakes"]![0]!["text"]!, RemoveBold(explorer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_with_probabilities_has_reliability_diagrams_and_bins_in_the_API()
    {
        var rows = (await AwaitAsync("coos-sim"))["rows"]!.AsArray().Where(r => (string?)r!["kind"] == "baseline").ToList();
        var submission = await server.Client.GetJsonAsync((string)rows[0]!["links"]!["self"]!);
        var page = await ReadAsync((string)rows[0]!["links"]!["page"]!);

        foreach (var split in submission["evaluation"]!["splits"]!.AsArray())
        {
            var calibration = split!["calibration"]!;
            var bins = calibration["bins"]!.AsArray();
            Assert.Equal((int)split["images"]!, bins.Sum(b => (int)b!["images"]!));
            var error =
                bins.Sum(b => (int)b!["images"]! * Math.Abs((double)b["accuracy"]! - (double)b["confidence"]!)) / (int)split["images"]!;
            Assert.Equal(error, (double)calibration["expectedCalibrationError"]!, 1e-9);
            var points = bins.Select(b => $"{Percent.Of((double)b!["accuracy"]!)} at {Percent.Of((double)b["confidence"]!)}");
            Assert.Contains(
                $"Test{((string)split["split"]!)[^1]}: accuracy by confidence, %: {string.Join("; ", points)}",
                page,
                StringComparison.Ordinal
            );
        }

        Assert.Contains($"Intervals: {ByWell}.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yeast5_has_intervals_per_image_with_a_warning_that_they_may_be_too_narrow()
    {
        var folder = SharedFolder.RequireYeast();
        foreach (var model in new[] { "knn", "rf" })
        {
            var form = new UploadForm().Field("benchmark", "yeast5").Field("method", model).Field("submitter", nameof(RealDataBoardTests));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "predictions", model)))
            {
                form.File(Path.GetFileNameWithoutExtension(file), await File.ReadAllBytesAsync(file, Cancellation));
            }

            await server.Client.SubmitScoredAsync(form);
        }

        var board = await AwaitAsync("yeast5");
        var page = await ReadAsync("/benchmarks/yeast5");

        Assert.Equal("image", (string?)board["ranking"]!["unit"]);
        Assert.True((int)board["ranking"]!["tested"]! >= 2);
        Assert.Contains((string)board["ranking"]!["conclusion"]!, page, StringComparison.Ordinal);
        Assert.Contains(
            "95% intervals per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated.",
            page,
            StringComparison.Ordinal
        );
    }

    private static void AssertHolds(double number, JsonNode interval) => Assert.InRange(number, (double)interval[0]!, (double)interval[1]!);

    /// <summary>Waits until the rank intervals of a leaderboard are computed.</summary>
    private async Task<JsonNode> AwaitAsync(string slug)
    {
        while (true)
        {
            var board = await server.Client.GetJsonAsync($"/api/benchmarks/{slug}/leaderboard?pageSize=500");
            if ((string?)board["ranking"]!["intervals"] != "computing")
            {
                Assert.Equal("ready", (string?)board["ranking"]!["intervals"]);
                return board;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private async Task<string> ReadAsync(string address) =>
        WebUtility.HtmlDecode(await server.Client.GetStringAsync(address, Cancellation));

    /// <summary>Removes bold tags from a page.</summary>
    private static string RemoveBold(string page) => System.Text.RegularExpressions.Regex.Replace(page, "</?b>", "");
}
