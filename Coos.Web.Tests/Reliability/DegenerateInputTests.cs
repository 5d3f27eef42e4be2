using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Submits, scores and shows extreme data; values that are not defined are shown as missing.</summary>
[OneDatabase]
public sealed class DegenerateInputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_without_images_has_no_values_on_pages_or_in_the_API()
    {
        await using var server = await StartAsync();
        var submission = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Lab", label => label == 1 ? 2 : label));
        var self = (string)submission["links"]!["self"]!;

        var test1 = Split(submission, "test1");
        var matrix = await server.Client.GetJsonAsync($"{self}/confusion/test1");
        var shift = await server.Client.GetJsonAsync($"{self}/confusion/test2?from=test1");
        var page = await server.Client.GetStringAsync($"/submissions/{submission["id"]}", Cancellation);

        Assert.Equal(0.5, (double)test1["balancedError"]!);
        JsonShape.AssertMatches(
            """{ "index": 2, "name": "Absent", "images": 0, "sensitivity": null, "sensitivityInterval": null }""",
            test1["classes"]![2]!
        );
        Assert.Null(matrix["rates"]![2]);
        Assert.Null(matrix["rateIntervals"]![2]);
        Assert.Equal(["Square", "Round", "Absent"], matrix["byLoss"]!.AsArray().Select(c => (string?)c));
        Assert.NotNull(shift["difference"]!["rates"]![0]);
        Assert.All(new[] { 1, 2 }, k => Assert.Null(shift["difference"]!["rates"]![k]));
        Assert.Contains("no images", page, StringComparison.Ordinal);
        await AssertShownAsync(server, submission);
    }

    [Fact]
    public async Task Clusters_of_one_image_give_intervals_at_least_as_wide_as_per_image()
    {
        await using var server = await StartAsync();
        var submission = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Lab", label => label == 1 ? 2 : label));

        var test1 = Split(submission, "test1");

        // Six wells of one image each, all correct or all wrong: Wilson's limits of 6 of 6 and of 0 of 6.
        Assert.StartsWith("by well (Korn and Graubard)", (string?)test1["intervalMethod"], StringComparison.Ordinal);
        Assert.Equal(0.6096657, (double)test1["classes"]![0]!["sensitivityInterval"]![0]!, 1e-6);
        Assert.Equal(0.3903343, (double)test1["classes"]![1]!["sensitivityInterval"]![1]!, 1e-6);
        Assert.InRange((double)test1["balancedErrorInterval"]![0]!, 0.01, 0.49);
        Assert.InRange((double)test1["balancedErrorInterval"]![1]!, 0.51, 0.99);
    }

    [Fact]
    public async Task A_split_with_one_image_is_scored_with_a_wide_interval()
    {
        await using var server = await StartAsync();
        var right = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Right", label => label));
        var wrong = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Wrong", label => 1 - label));

        var test2 = Split(right, "test2");
        var compared = (await server.Client.GetJsonAsync($"/api/compare?a={right["id"]}&b={wrong["id"]}"))["splits"]!
            .AsArray()
            .Single(s => (string?)s!["split"] == "test2")!;
        var board = await server.AwaitBoardAsync(ExtremeBenchmark.Slug);

        Assert.Equal((1, 0.0), ((int)test2["images"]!, (double)test2["balancedError"]!));
        Assert.Equal(
            "per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated",
            (string?)test2["intervalMethod"]
        );

        // For an error rate θ of at least one half, Sterne's mid-p of no error in one image is (1 - θ)/2: 5% at 90%.
        Assert.Equal(0.9, (double)test2["balancedErrorInterval"]![1]!, 1e-9);
        Assert.Equal((-1.0, 0.5), ((double)compared["difference"]!, (double)compared["paired"]!["p"]!));
        Assert.Contains("because a class has only one well", (string?)compared["paired"]!["method"], StringComparison.Ordinal);
        Assert.Contains(
            "No difference could be significant with only 1 well.",
            (string?)board["ranking"]!["conclusion"],
            StringComparison.Ordinal
        );
        await AssertShownAsync(server, right, wrong);
    }

    [Theory]
    [InlineData(true, 0.0)]
    [InlineData(false, 1.0)]
    public async Task All_correct_and_all_wrong_with_probabilities_of_0_and_1_stay_finite(bool isRight, double error)
    {
        await using var server = await StartAsync();
        var submission = await server.Client.SubmitScoredAsync(
            ExtremeBenchmark.Submission("Sure", label => isRight ? label : 1 - label, isCertain: true)
        );

        Assert.All(
            submission["evaluation"]!["splits"]!.AsArray(),
            split =>
            {
                Assert.Equal(error, (double)split!["balancedError"]!);
                Assert.Equal(error, (double)split["balancedErrorInterval"]![isRight ? 0 : 1]!);
                Assert.InRange((double)split["balancedErrorInterval"]![isRight ? 1 : 0]!, 0.01, 0.99);
                Assert.Equal(isRight ? 0 : -Math.Log(1e-15), (double)split["calibration"]!["balancedLogLoss"]!, 1e-9);
                Assert.Equal(isRight ? 0 : 2, (double)split["calibration"]!["brier"]!, 1e-12);
                Assert.Equal(error, (double)split["calibration"]!["expectedCalibrationError"]!, 1e-12);
            }
        );
        await AssertShownAsync(server, submission);
    }

    [Fact]
    public async Task A_single_entry_is_first_without_a_rank_interval()
    {
        await using var server = await StartAsync();
        var submission = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Alone", label => label));

        var board = await server.AwaitBoardAsync(ExtremeBenchmark.Slug);

        Assert.Equal("Odd 1 -", board.FormatRanks());
        Assert.Equal("none", (string?)board["ranking"]!["intervals"]);
        Assert.Null(board["robustness"]);
        Assert.Equal(
            "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available.",
            (string?)board["ranking"]!["conclusion"]
        );
        await AssertShownAsync(server, submission);
    }

    [Fact]
    public async Task Identical_submissions_share_a_rank_and_do_not_differ()
    {
        await using var server = await StartAsync();
        var a = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Twin 1", label => label == 1 ? 2 : label));
        var b = await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Twin 2", label => label == 1 ? 2 : label));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");
        var against = (await server.Client.GetJsonAsync($"{(string)a["links"]!["self"]!}/confusion/test1?against={b["id"]}"))[
            "difference"
        ]!;

        Assert.Equal("Odd 1 1-2 tied; Odd 1 1-2 tied", (await server.AwaitBoardAsync(ExtremeBenchmark.Slug)).FormatRanks());
        Assert.Equal((0.0, 1.0), ((double)comparison["ranking"]!["difference"]!, (double)comparison["ranking"]!["p"]!));
        Assert.All(
            comparison["splits"]!.AsArray(),
            s =>
                Assert.Equal((0.0, 1.0, 1.0), ((double)s!["difference"]!, (double)s["paired"]!["p"]!, (double)s["paired"]!["mcNemarMidP"]!))
        );
        Assert.Equal([0.0, 0, 0], against["rates"]![0]!.AsArray().Select(n => (double)n!));
        Assert.Empty(against["mistakes"]!.AsArray());
        await AssertShownAsync(server, a, b);
    }

    private static JsonNode Split(JsonNode submission, string split) =>
        submission["evaluation"]!["splits"]!.AsArray().Single(s => (string?)s!["split"] == split)!;

    /// <summary>Asserts that every page and API call of the submissions works, and that none contains NaN or infinity.</summary>
    private static async Task AssertShownAsync(TestServer server, params JsonNode[] submissions)
    {
        var (a, b) = ((Guid)submissions[0]["id"]!, (Guid)submissions[^1]["id"]!);
        List<string> paths =
        [
            "/benchmarks/odd",
            "/benchmarks/odd?columns=all",
            "/benchmarks/odd/generalisation",
            "/benchmarks/odd/mix",
            "/benchmarks/odd/mix?weights=Absent:1,Round:1",
            "/benchmarks/odd/consistency",
            "/benchmarks/odd/consistency?split=test1",
            "/api/benchmarks/odd/consistency",
            "/api/benchmarks/odd/forecasts",
            "/api/benchmarks/odd/leaderboard?weights=Round:1,Absent:3&costs=Round%3E*:5&splits=test1,test2",
            $"/submissions/{a}",
            $"/submissions/{a}/confusion/test1?order=loss",
            $"/submissions/{a}/confusion/test2?from=test1",
            $"/submissions/{a}/confusion/test1?from=test2&order=loss",
            "/api/benchmarks/odd/leaderboard",
            "/api/benchmarks/odd/leaderboard.csv",
            "/api/benchmarks/odd/leaderboard.tex",
            $"/api/submissions/{a}",
            $"/api/submissions/{a}/confusion/test1?from=test2",
        ];
        if (a != b)
        {
            paths.AddRange([
                $"/compare?a={a}&b={b}",
                $"/compare?a={a}&b={b}&split=test1",
                $"/api/compare?a={a}&b={b}",
                $"/submissions/{a}/confusion/test1?against={b}&order=loss",
            ]);
        }

        foreach (var path in paths)
        {
            using var response = await server.Client.GetAsync(path, Cancellation);
            var text = await response.ReadTextAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
            Assert.DoesNotMatch(@"NaN|Infinity|\u221E", text);
        }
    }

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        ExtremeBenchmark.WriteTo(server);
        await server.StartAsync();
        return server;
    }
}
