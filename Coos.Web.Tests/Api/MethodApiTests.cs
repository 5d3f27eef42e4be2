using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Methods over runs, from submissions to the API and the pages.</summary>
[OneDatabase]
public sealed class MethodApiTests
{
    private const string Board = "/api/benchmarks/wide/methods";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_runs_make_a_method_that_is_tested_against_another()
    {
        await using var server = await StartAsync();
        await SubmitRunsAsync(server, "Good", "Lab", 10, 12, 14);
        await SubmitRunsAsync(server, "Bad", "Lab", 90, 96, 102);

        var board = await server.Client.GetJsonAsync(Board);

        Assert.Equal("Good is significantly better than Bad.", (string?)board["conclusion"]);
        Assert.Equal(("image", 3, 0), ((string?)board["unit"], (int)board["minimumRuns"]!, (int)board["entriesWithoutRun"]!));
        var methods = board["methods"]!.AsArray();
        Assert.Equal(["Good 1 1-1", "Bad 2 2-2"], methods.Select(Format));
        var good = methods[0]!;
        Assert.Equal(["1", "2", "3"], good["runs"]!.AsArray().Select(r => (string?)r!["run"]));
        Assert.Equal(0.04, (double)good["score"]!, 1e-12);
        Assert.Equal(2 / 300.0, (double)good["runDeviation"]!, 1e-12);
        Assert.Equal(4 / 90000.0 / 3, (double)good["variance"]!["runs"]!, 1e-12);
        Assert.InRange(0.04, (double)good["scoreInterval"]![0]!, (double)good["scoreInterval"]![1]!);

        var detail = await server.Client.GetJsonAsync((string)good["links"]!["self"]!);
        var test = Assert.Single(detail["comparisons"]!.AsArray())!;
        Assert.Equal("Bad", (string?)test["method"]);
        Assert.Equal(-84 / 300.0, (double)test["difference"]!, 1e-12);
        Assert.InRange((double)test["p"]!, 0, 0.001);
        Assert.Equal((double)test["p"]!, (double)test["adjustedP"]!);
        var csv = await server.Client.GetStringAsync(Board + ".csv", Cancellation);
        Assert.Equal(7, csv.TrimEnd().Split('\n').Length);
        Assert.StartsWith("rank,rank_lowest,rank_highest,among_best,name,method,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_show_methods_runs_and_tests_without_a_script()
    {
        await using var server = await StartAsync();
        await SubmitRunsAsync(server, "Good", "Lab", 10, 12, 14);
        await SubmitRunsAsync(server, "Bad", "Other lab", 90, 96, 102);
        var board = await server.Client.GetJsonAsync(Board);
        var links = board["methods"]![0]!["links"]!;

        var methods = await ReadAsync(server, "/benchmarks/wide/methods");
        var method = await ReadAsync(server, (string)links["page"]!);
        var run = await ReadAsync(server, (string)board["methods"]![0]!["runs"]![0]!["links"]!["page"]!);
        var entries = await ReadAsync(server, "/benchmarks/wide");

        Assert.Contains("Good is significantly better than Bad.", methods, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"strip\"", methods, StringComparison.Ordinal);
        Assert.DoesNotContain("Not ranked as methods", methods, StringComparison.Ordinal);
        Assert.Contains(
            "Mean error 4.00% on Test2 and Test3",
            method.Replace(",", " and", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains("\u221228.00", method, StringComparison.Ordinal);
        Assert.Contains("<td>better</td>", method, StringComparison.Ordinal);
        Assert.Contains($"href=\"{links["page"]}\">one of 3 runs of this method</a>", run, StringComparison.Ordinal);
        Assert.Contains("href=\"/benchmarks/wide/methods\"", entries, StringComparison.Ordinal);
        Assert.Contains("run 2", entries, StringComparison.Ordinal);
        Assert.All([methods, method], page => Assert.DoesNotMatch(HttpExtensions.RequiredScript, page));
    }

    [Fact]
    public async Task A_board_without_methods_says_what_makes_one()
    {
        await using var server = await StartAsync();
        var empty = await ReadAsync(server, "/benchmarks/wide/methods");
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Undeclared", "Lab", 1, 2, 3));
        await SubmitRunsAsync(server, "Two", "Lab", 10, 12);
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Two", "Lab", 5).Field("run", "9"));

        var board = await server.Client.GetJsonAsync(Board);
        var page = await ReadAsync(server, "/benchmarks/wide/methods");

        Assert.Contains("No methods yet.", empty, StringComparison.Ordinal);
        Assert.DoesNotContain("name no run", empty, StringComparison.Ordinal);
        Assert.Contains("1 entry names no run", page, StringComparison.Ordinal);
        Assert.Contains("It has 2 complete runs. A method needs 3.", page, StringComparison.Ordinal);
        Assert.Empty(board["methods"]!.AsArray());
        var two = Assert.Single(board["unranked"]!.AsArray())!;
        Assert.Equal(2, (int)two["runs"]!);
        Assert.Equal("Run 9 lacks predictions of Test2 and Test3.", (string?)Assert.Single(two["uncounted"]!.AsArray())!["reason"]);
    }

    /// <summary>A second upload of a run is kept and marked; the method is ranked again once one of them is deleted or corrected.</summary>
    [Fact]
    public async Task Two_entries_of_one_run_suspend_the_method()
    {
        await using var server = await StartAsync();
        await SubmitRunsAsync(server, "Good", "Lab", 10, 12, 14);
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("good", "Lab", 10, 4, 4).Field("run", "02"));

        var board = await server.Client.GetJsonAsync(Board);

        Assert.Empty(board["methods"]!.AsArray());
        var group = Assert.Single(board["unranked"]!.AsArray())!;
        Assert.Equal(
            "2 entries name run 2. Delete all but one, or correct their runs.",
            (string?)Assert.Single(group["problems"]!.AsArray())
        );
    }

    [Fact]
    public async Task Runs_of_two_owners_are_two_methods_and_private_runs_do_not_count()
    {
        await using var server = await StartAsync();
        await SubmitRunsAsync(server, "Same", "Lab", 10, 12, 14);
        await SubmitRunsAsync(server, "Same", "Other lab", 11, 13);
        await server.Client.SubmitScoredAsync(
            WideBenchmark.Submission("Same", "Other lab", 1, 15, 15).Field("run", "3").Field("visibility", "private")
        );

        var board = await server.Client.GetJsonAsync(Board);

        Assert.Equal("Lab", (string?)Assert.Single(board["methods"]!.AsArray())!["submitter"]);
        Assert.Equal("Other lab", (string?)Assert.Single(board["unranked"]!.AsArray())!["submitter"]);
    }

    [Fact]
    public async Task The_board_of_entries_is_filtered_by_protocol()
    {
        await using var server = await StartAsync();
        await server.Client.SubmitScoredAsync(
            WideBenchmark
                .Submission("Stated", "Lab", 1, 2, 3)
                .Field("pretraining", "ImageNet-1k")
                .Field("ensemble", "false")
                .Field("tunedOn", "training")
                .Field("parameters", "11000000")
        );
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Silent", "Lab", 4, 5, 6));

        var row = Assert.Single(
            (await server.Client.GetJsonAsync("/api/benchmarks/wide/leaderboard?pretraining=imagenet&maxParameters=20000000"))[
                "rows"
            ]!.AsArray()
        )!;
        var page = await ReadAsync(server, "/benchmarks/wide?ensemble=false&columns=all");
        var csv = await server.Client.GetStringAsync("/api/benchmarks/wide/leaderboard.csv", Cancellation);

        Assert.Equal("Stated", (string?)row["method"]);
        Assert.Equal("training", (string?)row["protocol"]!["tunedOn"]);
        Assert.Contains(
            "pretrained on ImageNet-1k, single model, tuned on training, 11,000,000 parameters",
            page,
            StringComparison.Ordinal
        );
        var table = page[page.IndexOf("id=\"board\"", StringComparison.Ordinal)..];
        Assert.Contains(">Stated</a>", table, StringComparison.Ordinal);
        Assert.DoesNotContain(">Silent</a>", table, StringComparison.Ordinal);
        Assert.Contains(",,ImageNet-1k,,false,,training,11000000", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundled_forests_with_three_seeds_are_a_method()
    {
        await using var server = new TestServer { HasBundledBaselines = true };
        await server.StartAsync();
        await server.AwaitBoardAsync("coos-sim", board => board["rows"]!.AsArray().Count(r => r!["score"] is not null) >= 21);

        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/methods");

        var forest = Assert.Single(board["methods"]!.AsArray())!;
        Assert.Equal(("Texture, RF", "well"), ((string?)forest["method"], (string?)board["unit"]));
        Assert.Equal(["1", "2", "3"], forest["runs"]!.AsArray().Select(r => (string?)r!["run"]));
    }

    [Theory]
    [InlineData(
        "/api/benchmarks/wide/methods/no-such",
        "wide has no method \"no-such\" with 3 or more runs; /api/benchmarks/wide/methods lists them."
    )]
    public async Task An_unknown_method_is_not_found(string address, string detail)
    {
        await using var server = await StartAsync();

        using var response = await server.Client.GetAsync(address, Cancellation);
        using var page = await server.Client.GetAsync("/benchmarks/wide/methods/no-such", Cancellation);

        await new ExpectedProblem(HttpStatusCode.NotFound, "Not found", detail).AssertAsync(response);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static string Format(JsonNode? method) =>
        $"{method!["method"]} {method["rank"]} {method["rankInterval"]![0]}-{method["rankInterval"]![1]}";

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        return server;
    }

    /// <summary>Submits runs 1, 2, ... with the given number of wrong images in both ranking splits.</summary>
    private static async Task SubmitRunsAsync(TestServer server, string method, string submitter, params int[] wrong)
    {
        foreach (var (i, count) in wrong.Index())
        {
            await server.Client.SubmitScoredAsync(WideBenchmark.Submission(method, submitter, 5, count, count).Field("run", $"{i + 1}"));
        }
    }

    private static async Task<string> ReadAsync(TestServer server, string path) =>
        WebUtility.HtmlDecode(await server.Client.GetStringAsync(path, Cancellation));
}
