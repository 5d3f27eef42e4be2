using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>
/// A class without images, a split of one image, wells of one image, all right, all wrong, identical submissions,
/// probabilities of 0 and 1, one entry on the board: what the API says, and that every page can be read.
/// </summary>
public sealed class EdgeCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_entry_has_a_rank_and_no_interval()
    {
        await using var server = await StartAsync();
        var id = await SubmitAsync(server, "Right", isRight: true);

        var board = await server.AwaitBoardAsync(EdgeBenchmark.Slug);

        Assert.Equal("Right 1 -", board.Ranks());
        Assert.Equal(
            ("none", "Ranks are those of the numbers as they stand: a paired test takes the predictions of two entries."),
            ((string?)board["ranking"]!["intervals"], (string?)board["ranking"]!["conclusion"]));
        Assert.Null(board["rows"]![0]!["generalisation"]!["effectiveRobustness"]);
        Assert.Contains("a paired test takes the predictions of two entries", await ReadAsync(server, "/benchmarks/edges"), StringComparison.Ordinal);
        await ReadAsync(server, "/benchmarks/edges/generalisation");
        await ReadAsync(server, $"/compare?a={id}&b=");
    }

    [Fact]
    public async Task All_right_and_all_wrong_have_intervals_within_their_ends()
    {
        await using var server = await StartAsync();
        var right = await ReportAsync(server, await SubmitAsync(server, "Right", isRight: true));
        var wrong = await ReportAsync(server, await SubmitAsync(server, "Wrong", isRight: false));

        foreach (var split in (string[])["test1", "test2", "test3"])
        {
            var (low, high) = (Limits(right[split]), Limits(wrong[split]));
            Assert.Equal((0.0, 1.0), ((double)right[split]["balancedError"]!, (double)wrong[split]["balancedError"]!));
            Assert.True(low is [0, > 0 and < 1] && high is [> 0 and < 1, 1], $"{split}: {low[0]} to {low[1]}, {high[0]} to {high[1]}");
            AssertCalibration(0, 0, 0, right[split]);
            AssertCalibration(-Math.Log(1e-15), 2, 1, wrong[split]);
        }

        // Three wells a class are too few for a bootstrap, ten of one image each are not.
        Assert.Equal("per image (Wilson, Sterne mid-p); too narrow if images of one plate are alike", (string?)right["test1"]["intervalMethod"]);
        Assert.Equal("by well, 10,000 resamples", (string?)right["test3"]["intervalMethod"]);
        var page = await ReadAsync(server, $"/submissions/{(await server.AwaitBoardAsync(EdgeBenchmark.Slug))["rows"]![0]!["id"]}");
        Assert.Contains("Intervals of Test1, Test2: per image", page, StringComparison.Ordinal);
        Assert.Contains("Intervals of Test3: by well, 10,000 resamples.", page, StringComparison.Ordinal);
        Assert.Equal((1, 1), ((int)right["test2"]["images"]!, (int)right["test2"]["classes"]![1]!["images"]!));
    }

    [Fact]
    public async Task A_class_without_images_has_no_number_anywhere()
    {
        await using var server = await StartAsync();
        var id = await SubmitAsync(server, "Right", isRight: true);

        var rare = (await ReportAsync(server, id))["test1"]["classes"]![2]!;
        var matrix = await server.Client.GetJsonAsync($"/api/submissions/{id}/confusion/test1");
        var page = await ReadAsync(server, $"/submissions/{id}");

        JsonShape.AssertMatches("""{ "index": 2, "name": "Rare", "images": 0, "sensitivity": null, "sensitivityInterval": null }""", rare);
        Assert.Null(matrix["rates"]![2]);
        Assert.Contains("no images", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identical_submissions_share_a_rank_and_cannot_be_told_apart()
    {
        await using var server = await StartAsync();
        var right = await SubmitAsync(server, "Right", isRight: true);
        var twin = await SubmitAsync(server, "Twin", isRight: true);
        var wrong = await SubmitAsync(server, "Wrong", isRight: false);

        Assert.Equal("Right 1 1-2 tied; Twin 1 1-2 tied; Wrong 3 3-3", (await server.AwaitBoardAsync(EdgeBenchmark.Slug)).Ranks());
        var same = await server.Client.GetJsonAsync($"/api/compare?a={right}&b={twin}");
        var other = await server.Client.GetJsonAsync($"/api/compare?a={right}&b={wrong}");

        Assert.Equal("A and B cannot be told apart on Test1, Test2 and Test3.", (string?)same["verdict"]);
        Assert.All(same["splits"]!.AsArray(), s => Assert.Equal((0.0, 1.0), ((double)s!["difference"]!, (double)s["paired"]!["p"]!)));
        Assert.Equal("A is better than B on Test1 and Test3; A and B cannot be told apart on Test2.", (string?)other["verdict"]);
        Assert.All(
            other["splits"]!.AsArray().Zip([1 / 64.0, 0.5, Math.Pow(2, -20)]), pair => Assert.Equal(1, (double)pair.First!["paired"]!["p"]! / pair.Second, 1e-9));
        Assert.Equal(
            "by well (sign flips of whole wells); the interval is per image and too narrow, for a class has one well only; 1 well is too few to tell any two entries apart",
            (string?)other["splits"]![1]!["paired"]!["method"]);
        foreach (var (a, b) in new[] { (right, twin), (right, wrong) })
        {
            Assert.Contains("no images", await ReadAsync(server, $"/compare?a={a}&b={b}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_page_can_be_read()
    {
        await using var server = await StartAsync();
        Guid[] ids = [await SubmitAsync(server, "Right", isRight: true), await SubmitAsync(server, "Twin", isRight: true), await SubmitAsync(server, "Wrong", isRight: false)];
        await server.AwaitBoardAsync(EdgeBenchmark.Slug);

        await ReadAsync(server, "/benchmarks/edges");
        await ReadAsync(server, "/benchmarks/edges/generalisation");
        await ReadAsync(server, "/benchmarks/edges/data");
        foreach (var id in ids)
        {
            await ReadAsync(server, $"/submissions/{id}");
            foreach (var split in (string[])["test1", "test2", "test3"])
            {
                await ReadAsync(server, $"/submissions/{id}/confusion/{split}");
                await ReadAsync(server, $"/submissions/{id}/confusion/{split}?from=test1&order=loss");
                await ReadAsync(server, $"/submissions/{id}/confusion/{split}?against={ids.First(other => other != id)}&order=loss");
            }
        }
    }

    private static async Task<OwnServer> StartAsync()
    {
        var server = new OwnServer();
        EdgeBenchmark.WriteTo(server);
        await server.StartAsync();
        return server;
    }

    private static async Task<Guid> SubmitAsync(OwnServer server, string method, bool isRight) =>
        (Guid)(await server.Client.SubmitScoredAsync(EdgeBenchmark.Submission(method, isRight)))["id"]!;

    private static async Task<Dictionary<string, JsonNode>> ReportAsync(OwnServer server, Guid id) =>
        (await server.Client.GetJsonAsync($"/api/submissions/{id}"))["evaluation"]!["splits"]!.AsArray().ToDictionary(s => (string)s!["split"]!, s => s!);

    private static double[] Limits(JsonNode split) => [.. split["balancedErrorInterval"]!.AsArray().Select(n => (double)n!)];

    private static void AssertCalibration(double logLoss, double brier, double error, JsonNode split)
    {
        var calibration = split["calibration"]!;
        Assert.Equal(logLoss, (double)calibration["balancedLogLoss"]!, 1e-12);
        Assert.Equal(brier, (double)calibration["brier"]!, 1e-12);
        Assert.Equal(error, (double)calibration["expectedCalibrationError"]!, 1e-12);
    }

    private static async Task<string> ReadAsync(OwnServer server, string address)
    {
        using var answer = await server.Client.GetAsync(address, Cancellation);
        var page = WebUtility.HtmlDecode(await answer.ReadTextAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        foreach (var word in (string[])["NaN", "Infinity", "\u221E", "\u22120.0<", ">-0"])
        {
            Assert.False(page.Contains(word, StringComparison.Ordinal), $"{address} has {word}");
        }

        return page;
    }
}
