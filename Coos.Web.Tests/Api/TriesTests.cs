using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The number of tries behind an entry, which counts private and deleted submissions too.</summary>
public sealed class TriesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Private_and_deleted_submissions_count_on_the_board_in_exports_and_in_comparisons()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        using var client = await (await TestAccount.RegisterAsync(server, "Busy lab")).CreateClientAsync();
        var shown = await client.SubmitScoredAsync(UploadForm.Tiny("", "Best of three").Test2(0, 0, 0, 1, 1, 0));
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Kept back").Field("visibility", "private").Test2(0, 0, 1, 1, 1, 0));
        var gone = await client.SubmitScoredAsync(UploadForm.Tiny("", "Deleted").Test2(0, 1, 1, 1, 1, 0));
        using var deleted = await client.DeleteAsync(new Uri((string)gone["links"]!["self"]!, UriKind.Relative), Cancellation);
        deleted.EnsureSuccessStatusCode();
        var other = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Nobody", "Without account").Test2(1, 0, 0, 1, 1, 2));

        var board = await server.AwaitBoardAsync(TinyBenchmark.Slug);
        var row = board["rows"]!.AsArray().Single(r => (string?)r!["method"] == "Best of three")!;
        var csv = (await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard.csv", Cancellation)).Split('\n');
        var comparison = await server.Client.GetJsonAsync($"/api/compare?a={shown["id"]}&b={other["id"]}");
        var page = await server.Client.GetStringAsync($"/compare?a={shown["id"]}&b={other["id"]}", Cancellation);

        Assert.Equal(3, (int)row["tries"]!);
        Assert.Equal(["tries", "family", "verification"], csv[0].Split(',')[^3..]);
        Assert.Equal(["3", "other", "signedIn"], csv.Single(l => l.Contains("Best of three", StringComparison.Ordinal)).Split(',')[^3..]);
        Assert.Equal(3, (int)comparison["a"]!["tries"]!);
        Assert.Null(comparison["b"]!["tries"]);
        Assert.Contains("Busy lab, who made 3 submissions", page, StringComparison.Ordinal);
    }
}
