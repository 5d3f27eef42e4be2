using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Benchmarks that rank by several metrics per split.</summary>
public sealed class CompositeScoreApiTests
{
    private const string Ranking = "\"ranking\": { \"metric\": \"balancedError\", \"splits\": [\"test2\"] }";

    private const string Composite =
        "\"ranking\": { \"metric\": \"accuracy\", \"splits\": { \"test1\": { \"macroF1\": 1, \"error\": 1 }, \"test2\": 2 } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_board_ranks_by_the_weighted_mean_and_the_page_says_so()
    {
        await using var server = await StartAsync();

        // Test1 has two images of each class. The F1 of B's classes are 1, 2/3 and 4/5, and its error 1/6.
        var b = await server.Client.SubmitScoredAsync(Form("B").Test1(0, 0, 1, 2, 2, 2).Test2(0, 0, 0, 1, 1, 1));
        await server.Client.SubmitScoredAsync(Form("A").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");

        Assert.Equal("composite", (string)board["ranking"]!["metric"]!);
        var rows = board["rows"]!.AsArray();
        Assert.Equal(["A", "B"], rows.Select(r => (string)r!["method"]!));
        var test1 = (0.5 * (1 + (2.0 / 3) + 0.8) / 3) + (0.5 * 5 / 6);
        Assert.Equal(test1, (double)rows[1]!["splits"]!["test1"]!["value"]!, 1e-12);
        Assert.Equal(5.0 / 6, (double)rows[1]!["splits"]!["test2"]!["value"]!, 1e-12);
        Assert.Equal((test1 + (5.0 / 6)) / 2, (double)rows[1]!["score"]!, 1e-12);
        Assert.NotNull(rows[1]!["scoreInterval"]);
        Assert.Equal(
            ["composite", "macroF1", "error", "accuracy"],
            b["evaluation"]!["splits"]![0]!["metrics"]!.AsArray().Select(m => (string)m!["id"]!)
        );
        var page = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);
        Assert.Contains(
            "Ranked by a composite score: 25% macro F1 and 25% 1 minus error on Test1, 50% accuracy on Test2; higher is better.",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Entries_are_compared_by_the_composite_and_the_manifest_is_shown()
    {
        await using var server = await StartAsync();
        var a = await server.Client.SubmitScoredAsync(Form("A").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        var b = await server.Client.SubmitScoredAsync(Form("B").Test1(0, 0, 1, 2, 2, 2).Test2(0, 0, 0, 1, 1, 1));

        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={a["id"]}&b={b["id"]}");
        var benchmark = await server.Client.GetJsonAsync("/api/benchmarks/tiny");
        var page = await server.Client.GetStringAsync($"/compare?a={a["id"]}&b={b["id"]}", Cancellation);

        var test1 = (0.5 * (1 + (2.0 / 3) + 0.8) / 3) + (0.5 * 5 / 6);
        var split = comparison["splits"]![0]!;
        Assert.Equal(("composite", 1.0), ((string)split["metric"]!, (double)split["valueA"]!));
        Assert.Equal(test1, (double)split["valueB"]!, 1e-12);
        Assert.Equal(((test1 - 1) - (1.0 / 6)) / 2, (double)comparison["ranking"]!["difference"]!, 1e-12);
        var part = benchmark["ranking"]!["mixture"]!["test1"]![1]!;
        Assert.Equal(("error", 0.5), ((string)part["metric"]!, (double)part["share"]!));
        Assert.Contains("Difference in composite score", page, StringComparison.Ordinal);
    }

    private static UploadForm Form(string method) => UploadForm.Tiny(nameof(CompositeScoreApiTests), method);

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        await server.ReplaceInManifestAsync(Ranking, Composite);
        await server.StartAsync();
        return server;
    }
}
