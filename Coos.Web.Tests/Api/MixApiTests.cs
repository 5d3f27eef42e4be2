using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The leaderboard and the page under a reader's own mix of classes.</summary>
[OneDatabase]
public sealed class MixApiTests
{
    private const string Board = "/api/benchmarks/wide/leaderboard";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// A is wrong on 30 of 150 images of Even, B on 45 of 150 of Odd: their errors 0.2 (1 - w) and 0.3 w cross at a weight of Odd of 0.4.
    /// </summary>
    [Fact]
    public async Task Weights_rank_entries_by_the_classes_that_matter()
    {
        await using var server = await StartAsync();
        var equal = await server.Client.GetJsonAsync(Board + "?weights=Even:1,Odd:1");
        var odd = await server.Client.GetJsonAsync(Board + "?weights=Odd:1");
        var mixed = await server.Client.GetJsonAsync(Board + "?weights=0:3,1:1&splits=test3");

        Assert.Equal(["A 0.1", "B 0.15"], Scores(equal));
        Assert.Equal(["A 0", "B 0.3"], Scores(odd));
        Assert.Equal(["B 0.075", "A 0.15"], Scores(mixed));
        Assert.Equal(2, (int)mixed["rows"]![0]!["mix"]!["boardRank"]!);
        Assert.Equal("share of images", (string?)mixed["mix"]!["scoreUnit"]);
        JsonShape.AssertMatches("""{ "Even": 0.75, "Odd": 0.25 }""", mixed["mix"]!["weights"]!);
        var ranges = mixed["mix"]!["best"]![0]!["ranges"]!.AsArray();
        Assert.Equal(["B", "A"], ranges.Select(r => (string?)r!["method"]));
        Assert.Equal(0.4, (double)ranges[0]!["to"]!, 1e-12);
        Assert.Equal("Even", (string?)mixed["rows"]![1]!["mix"]!["mistakes"]![0]!["actual"]);
        Assert.Equal(0.15, (double)mixed["rows"]![1]!["mix"]!["mistakes"]![0]!["score"]!, 1e-12);
        Assert.StartsWith(
            "For your mix, B makes the fewest mistakes: 7.5%",
            (string?)mixed["ranking"]!["conclusion"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Costs_count_confusions_more_than_once()
    {
        await using var server = await StartAsync();
        var board = await server.Client.GetJsonAsync(Board + "?costs=Even%3EOdd:5");

        Assert.Equal(["B 0.15", "A 0.5"], Scores(board));
        Assert.Equal("mean cost per image", (string?)board["mix"]!["scoreUnit"]);
        Assert.Contains("B has the lowest cost: 15.0 per 100 images", (string?)board["ranking"]!["conclusion"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_answer_has_nothing_of_a_mix()
    {
        await using var server = await StartAsync();
        var plain = await server.Client.GetStringAsync(Board, Cancellation);
        var empty = await server.Client.GetStringAsync(Board + "?weights=&costs=&splits=", Cancellation);

        Assert.Equal(plain, empty);
        Assert.DoesNotContain("\"mix\"", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_apply_to_a_mix()
    {
        await using var server = await StartAsync();
        var second = await server.Client.GetJsonAsync(Board + "?weights=Odd:1&page=2&pageSize=1");
        var filtered = await server.Client.GetJsonAsync(Board + "?weights=Odd:1&q=Lab%20of%20B");

        Assert.Equal((2, "B"), ((int)second["total"]!, (string?)second["rows"]![0]!["method"]));
        Assert.Equal(2, (int)Assert.Single(filtered["rows"]!.AsArray())!["rank"]!);
    }

    [Fact]
    public async Task Entries_that_lack_a_split_are_left_out_and_counted()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync("Partial", 10);
        var board = await server.AwaitMixAsync(Board + "?splits=test3", b => b["mix"]!["leftOut"]!.AsObject().Count == 1);
        var first = await server.Client.GetJsonAsync(Board + "?splits=test1");

        Assert.Equal(["A 0.1", "B 0.15"], Scores(board));
        JsonShape.AssertMatches("""{ "no predictions for Test3": 1 }""", board["mix"]!["leftOut"]!);
        Assert.Contains("Partial 0.033333333333", Scores(first));
    }

    [Fact]
    public async Task Identical_entries_share_the_first_rank()
    {
        await using var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        await server.SubmitAsync("One", 10, 20, 20);
        await server.SubmitAsync("Two", 10, 20, 20);
        var board = await server.AwaitMixAsync(Board + "?weights=Odd:1", b => (int)b["total"]! == 2);

        Assert.Equal("One 1 1-2 tied; Two 1 1-2 tied", board.FormatRanks());
        Assert.Contains("All tested entries have the same error.", (string?)board["ranking"]!["conclusion"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_without_entries_has_no_ranking()
    {
        await using var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        var board = await server.Client.GetJsonAsync(Board + "?weights=Odd:1");
        var page = await server.Client.GetStringAsync("/benchmarks/wide/mix", Cancellation);

        Assert.Empty(board["rows"]!.AsArray());
        Assert.Equal("No results yet.", (string?)board["ranking"]!["conclusion"]);
        Assert.Contains("No results yet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reported_results_are_weighted_only_as_far_as_they_are_published()
    {
        await using var server = await StartAsync();
        var equal = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?splits=test4");
        var golgi = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?weights=Golgi:1&splits=test4");
        var page = await server.Client.GetStringAsync("/benchmarks/coos-7/mix?weights=Golgi:1&splits=test4", Cancellation);

        Assert.Equal(0.041, (double)equal["rows"]![0]!["score"]!, 1e-12);
        Assert.Equal(25, (int)equal["total"]!);
        Assert.True((int)golgi["total"]! < 25);
        Assert.Equal(25 - (int)golgi["total"]!, (int)golgi["mix"]!["leftOut"]!["its publication has no result of each class"]!);
        Assert.Contains("its publication has no result of each class", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights=Even:0,Odd:0", "weights", "all-zero")]
    [InlineData("weights=Even:-1", "weights", "bad-value")]
    [InlineData("weights=Even:many", "weights", "bad-value")]
    [InlineData("weights=Neither:1", "weights", "unknown-class")]
    [InlineData("weights=Even:1,0:1", "weights", "duplicate")]
    [InlineData("costs=Even%3EOdd:101", "costs", "bad-value")]
    [InlineData("costs=Even%3EOdd:-1", "costs", "bad-value")]
    [InlineData("costs=Even%3E*:0,Odd%3E*:0", "costs", "all-zero")]
    [InlineData("splits=test9", "splits", "unknown-split")]
    public async Task Invalid_mixes_are_refused_by_the_API_and_explained_by_the_page(string query, string field, string code)
    {
        await using var server = await StartAsync();
        using var response = await server.Client.GetAsync($"{Board}?{query}", Cancellation);
        using var page = await server.Client.GetAsync($"/benchmarks/wide/mix?{query}", Cancellation);
        var problem = await ReadProblemAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((field, code), ((string?)problem["errors"]![0]!["field"], (string?)problem["errors"]![0]!["code"]));
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(
            (string)problem["errors"]![0]!["message"]!,
            WebUtility.HtmlDecode(await page.ReadTextAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_mix_of_classes_without_images_is_refused_once_there_are_scores()
    {
        await using var server = new TestServer();
        ExtremeBenchmark.WriteTo(server);
        await server.StartAsync();
        await server.Client.SubmitScoredAsync(ExtremeBenchmark.Submission("Lab", label => label));
        await server.AwaitBoardAsync("odd", b => (int)b["total"]! == 1);
        using var response = await server.Client.GetAsync("/api/benchmarks/odd/leaderboard?weights=Absent:1&splits=test1", Cancellation);
        var mixed = await server.Client.GetJsonAsync("/api/benchmarks/odd/leaderboard?weights=Absent:1,Round:1&splits=test1");
        var problem = await ReadProblemAsync(response);

        Assert.Equal(
            "Test1 has no image of a class with a weight; it has images of: Round, Square",
            (string?)problem["errors"]![0]!["message"]
        );
        JsonShape.AssertMatches("""[{ "class": "Absent", "splits": ["test1"] }]""", mixed["mix"]!["withoutImages"]!);
    }

    [Fact]
    public async Task A_guarded_benchmark_refuses_every_mix()
    {
        await using var server = new TestServer();
        await GuardedManifest.WriteAsync(server);
        await server.StartAsync();
        using var response = await server.Client.GetAsync("/api/benchmarks/tiny/leaderboard?weights=R:1", Cancellation);
        using var page = await server.Client.GetAsync("/benchmarks/tiny/mix", Cancellation);
        var problem = await ReadProblemAsync(response);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Details not shown", (string?)problem["title"]);
        Assert.Contains("This benchmark guards its labels", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("This benchmark guards its labels", await page.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sent_form_is_redirected_to_the_address_of_its_mix()
    {
        await using var server = await StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        const string Page = "/benchmarks/wide/mix";

        Assert.Equal(
            Page + "?weights=Even:3,Odd:0.5&costs=0%3E1:4&splits=test1",
            await FindTargetAsync(client, $"{Page}?form=1&w0=3&w1=0.5&splits=test1&from=0&to=1&cost=4&from=*&to=*&cost=")
        );
        Assert.Equal(Page, await FindTargetAsync(client, $"{Page}?form=1&w0=2&w1=2&splits=test2&splits=test3&from=*&to=*&cost="));
        Assert.Equal(Page + "?weights=0:0", await FindTargetAsync(client, $"{Page}?form=1&w0=&w1=0"));
        Assert.Equal(Page + "?weights=Even:x", await FindTargetAsync(client, $"{Page}?form=1&w0=x&w1=0"));
    }

    [Fact]
    public async Task The_page_names_the_best_entry_its_mistakes_and_the_changes()
    {
        await using var server = await StartAsync();
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/benchmarks/wide/mix?weights=Even:3,Odd:1", Cancellation));

        Assert.Contains("For your mix, B makes the fewest mistakes: 7.5%", page, StringComparison.Ordinal);
        Assert.Contains("Its most frequent mistake is Odd called Even (7.5 of the 7.5 points).", page, StringComparison.Ordinal);
        Assert.Contains("Against the leaderboard, up: B (+1); down: A (\u22121).", page, StringComparison.Ordinal);
        Assert.Contains("only Even", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(HttpExtensions.RequiredScript, page);
    }

    private static async Task<string> FindTargetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var target = response.Headers.Location!;
        return target.IsAbsoluteUri ? target.PathAndQuery : target.OriginalString;
    }

    private static async Task<JsonNode> ReadProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.ReadTextAsync())!;
    }

    private static IEnumerable<string> Scores(JsonNode board) =>
        board["rows"]!.AsArray().Select(r => FormattableString.Invariant($"{r!["method"]} {(double)r["score"]!}"));

    /// <summary>Starts a server with the entries A and B of the wide benchmark.</summary>
    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync();
        await server.Client.SubmitScoredAsync(Submission("A", i => i % 2 == 0 && i < 60));
        await server.Client.SubmitScoredAsync(Submission("B", i => i % 2 == 1 && i < 90));
        await server.AwaitBoardAsync("wide", b => (int)b["total"]! == 2);
        return server;
    }

    private static UploadForm Submission(string method, Func<int, bool> isWrong)
    {
        var text = new StringBuilder("image_id,label\n");
        for (var i = 0; i < WideBenchmark.Images; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},{(isWrong(i) ? 1 - (i % 2) : i % 2)}\n");
        }

        var form = new UploadForm().Field("benchmark", WideBenchmark.Slug).Field("method", method).Field("submitter", $"Lab of {method}");
        foreach (var split in WideBenchmark.Splits)
        {
            form.File(split, text.ToString());
        }

        return form;
    }
}
