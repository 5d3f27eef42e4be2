using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The page and the API call about entries that make the same mistakes, for boards of every size.</summary>
public sealed class SameMistakesTests
{
    private const string Api = "/api/benchmarks/wide/consistency";
    private const string Page = "/benchmarks/wide/consistency";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "There is none with predictions of Test2 and Test3.")]
    [InlineData(1, "There is one with predictions of Test2 and Test3.")]
    public async Task Two_entries_are_needed(int entries, string expected)
    {
        await using var server = await StartAsync();
        for (var i = 0; i < entries; i++)
        {
            await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Only", "Lab", 10, 30, 40));
        }

        var document = await AwaitAsync(server, Api);
        var page = await ReadAsync(server, Page);

        Assert.Equal(entries, document["entries"]!.AsArray().Count);
        Assert.Equal((0, null), (document["mostAlike"]!.AsArray().Count, document["ensemble"]));
        Assert.Contains("Two entries with predictions are needed.", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }

    /// <summary>A is wrong on the first 30 images of both sets, B on the first 60: all of A's mistakes are B's.</summary>
    [Fact]
    public async Task A_pair_has_the_kappa_computed_by_hand()
    {
        await using var server = await StartAsync();
        var a = await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method A", "Lab", 10, 30, 30));
        var b = await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method B", "Lab", 10, 60, 60));

        var document = await AwaitAsync(server, Api);
        var page = await ReadAsync(server, Page);

        var expected = (0.9 * 0.8) + (0.1 * 0.2);
        var kappa = (0.9 - expected) / (1 - expected);
        var pair = Assert.Single(document["mostAlike"]!.AsArray())!;
        Assert.Empty(document["leastAlike"]!.AsArray());
        Assert.Equal(((Guid)a["id"]!, (Guid)b["id"]!), ((Guid)pair["a"]!, (Guid)pair["b"]!));
        Assert.Equal(kappa, (double)pair["kappa"]!, 1e-12);
        Assert.Equal(Math.Round(kappa, 6), (double)document["kappas"]![1]![0]!);
        Assert.InRange(kappa, (double)pair["interval"]![0]!, (double)pair["interval"]![1]!);
        Assert.Equal("image", (string?)pair["unit"]);
        Assert.Equal((0.9, expected, 0.9), (Round(pair["agreement"]), (double)pair["expected"]!, Round(pair["oracle"])));
        Assert.Equal((0.9, 0.9), (Round(document["ensemble"]!["best"]), Round(document["ensemble"]!["oracle"])));
        Assert.Equal((600, 2), ((int)document["images"]!, document["splits"]!.AsArray().Count));
        Assert.Contains("The kappa of Method A and Method B is 0.62.", page, StringComparison.Ordinal);
        Assert.Contains("Intervals are by image.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_can_be_chosen_and_an_unknown_one_is_rejected()
    {
        await using var server = await StartAsync();
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method A", "Lab", 10, 30, 30));
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method B", "Lab", 20));

        var both = await AwaitAsync(server, Api);
        var first = await AwaitAsync(server, Api + "?split=test1");
        using var unknown = await server.Client.GetAsync(Api + "?split=test9", Cancellation);
        using var page = await server.Client.GetAsync(Page + "?split=test9", Cancellation);
        var problem = JsonNode.Parse(await unknown.ReadTextAsync())!;

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal("has no predictions of test2", (string?)Assert.Single(both["excluded"]!.AsArray())!["reason"]);
        Assert.Equal((2, 300), (first["entries"]!.AsArray().Count, (int)first["images"]!));
        Assert.Equal(
            "split has an unknown value; allowed: test1, test2, test3",
            (string?)Assert.Single(problem["errors"]!.AsArray())!["message"]
        );
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("split has an unknown value", await page.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_right_everywhere_have_no_kappa()
    {
        await using var server = await StartAsync();
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Perfect", "Lab", 0, 0, 0));
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Perfect too", "Other lab", 0, 0, 0));

        var document = await AwaitAsync(server, Api);
        var page = await ReadAsync(server, Page);

        Assert.Null(document["kappas"]![1]![0]);
        Assert.Empty(document["mostAlike"]!.AsArray());
        Assert.Contains(
            "No pair has a kappa: all entries are right on all images, or all are wrong on all.",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Identical_entries_have_a_kappa_of_1()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await server.Client.SubmitScoredAsync(WideBenchmark.Submission($"Copy {i}", $"Lab {i}", 10, 30, 30));
        }

        var document = await AwaitAsync(server, Api);
        var page = await ReadAsync(server, Page);

        Assert.Equal(6, document["mostAlike"]!.AsArray().Count(p => (double)p!["kappa"]! == 1));
        Assert.Contains("All pairs have a kappa of 1.00.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_entry_is_compared()
    {
        await using var server = await StartAsync();
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method A", "Lab", 10, 30, 30));
        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method B", "Lab", 10, 60, 60));
        await AwaitAsync(server, Api);

        await server.Client.SubmitScoredAsync(WideBenchmark.Submission("Method C", "Lab", 10, 90, 90));
        var document = await AwaitAsync(server, Api);

        Assert.Equal(3, document["entries"]!.AsArray().Count);
        Assert.Equal([0, 1, 2], document["kappas"]!.AsArray().Select(r => r!.AsArray().Count));
    }

    [Fact]
    public async Task A_guarded_benchmark_shows_nothing_until_it_is_closed_but_tells_organisers_of_copies()
    {
        await using var server = new TestServer();
        await GuardedManifest.WriteAsync(server);
        await server.StartAsync(settings: "--Coos:Access:Participation=Open");
        var account = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var organiser = await account.CreateClientAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Lab", "Original").Test2(0, 1, 0, 1, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Other lab", "Copy").Test2(0, 2, 0, 1, 0, 2));

        using var before = await server.Client.GetAsync("/api/benchmarks/tiny/consistency", Cancellation);
        using var forecasts = await server.Client.GetAsync("/api/benchmarks/tiny/forecasts", Cancellation);
        var page = await ReadAsync(server, "/benchmarks/tiny/consistency");
        var problem = JsonNode.Parse(await before.ReadTextAsync())!;
        var generalisation = await ReadAsync(server, "/benchmarks/tiny/generalisation");
        var organisers = "";
        for (var tries = 0; tries < 100 && !organisers.Contains("1 pair makes", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100, Cancellation);
            organisers = WebUtility.HtmlDecode(await account.Browser.ReadAsync("/organise/benchmarks"));
        }

        using var closed = await organiser.PostAsync("/api/benchmarks/tiny/close", null, Cancellation);
        var after = await AwaitAsync(server, "/api/benchmarks/tiny/consistency");

        Assert.Equal(HttpStatusCode.Conflict, before.StatusCode);
        Assert.Equal("Details not shown", (string?)problem["title"]);
        Assert.Equal(HttpStatusCode.Conflict, forecasts.StatusCode);
        Assert.All(
            new[] { page, generalisation },
            html => Assert.Contains("This benchmark guards its labels", html, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("Most alike", page, StringComparison.Ordinal);
        Assert.Contains("1 pair makes more similar mistakes than one method trained twice", organisers, StringComparison.Ordinal);
        Assert.Matches("Near-identical entries[\\s\\S]*Original[\\s\\S]*Copy", organisers);
        Assert.Equal(1, (double)Assert.Single(after["mostAlike"]!.AsArray())!["kappa"]!);
    }

    /// <summary>Reads the document as soon as it is computed, so that the page is complete too.</summary>
    private static async Task<JsonNode> AwaitAsync(TestServer server, string path)
    {
        for (var tries = 0; ; tries++)
        {
            var document = await server.Client.GetJsonAsync(path);
            if ((bool?)document["isComputing"] != true)
            {
                return document;
            }

            Assert.True(tries < 600, $"{path} is still being computed");
            await Task.Delay(100, Cancellation);
        }
    }

    private static double Round(JsonNode? value) => Math.Round((double)value!, 9);

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        return server;
    }

    private static async Task<string> ReadAsync(TestServer server, string path) =>
        WebUtility.HtmlDecode(await server.Client.GetStringAsync(path, Cancellation));
}
