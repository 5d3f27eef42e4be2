using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Sorts by every column in both orders. Missing values come last, and ties keep the order of their ranks.</summary>
[Collection(ServerCollection.Name)]
public sealed class LeaderboardSortTests(CoosFixture server)
{
    /// <summary>By test2, the ranking split: c 0, b 1/3, d 2/3; a has only test1 and no rank. Submitted in the order d, c, b, a.</summary>
    public static TheoryData<string, string> Orders =>
        new()
        {
            { "", "c b d a" },
            { "sort=rank&order=asc", "c b d a" },
            { "sort=rank&order=desc", "d b c a" },
            { "sort=method", "a b c d" },
            { "sort=METHOD&order=DESC", "d c b a" },
            { "sort=submitter", "a b c d" },
            { "sort=submitter&order=desc", "d c b a" },
            { "sort=kind", "c b d a" },
            { "sort=kind&order=desc", "c b d a" },
            { "sort=createdAt", "a b c d" },
            { "sort=createdAt&order=asc", "d c b a" },
            { "sort=gap", "b d c a" },
            { "sort=gap&order=desc", "d b c a" },
            { "sort=test1", "a d b c" },
            { "sort=test1&order=desc", "b d a c" },
            { "sort=test2", "c b d a" },
            { "sort=test2&order=desc", "d b c a" },
            { "sort=test3", "c b d a" },
            { "sort=training&order=desc", "c b d a" },
        };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_leaderboard_is_sorted_by_any_column(string query, string expected)
    {
        await EnsureEntriesAsync();

        var board = await server.Client.GetJsonAsync($"/api/benchmarks/tiny/leaderboard?q=sort-tests&{query}");

        Assert.Equal(expected, string.Join(' ', board["rows"]!.AsArray().Select(r => (string?)r!["method"])));
    }

    [Fact]
    public async Task Missing_values_are_absent_instead_of_numbers()
    {
        await EnsureEntriesAsync();

        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?q=sort-tests&sort=method");

        var rows = board["rows"]!.AsArray();
        Assert.Equal([true, false, false, false], rows.Select(IsWithoutRank));
        Assert.Equal(
            ["test1", "test1 test2", "test2", "test1 test2"],
            rows.Select(r => string.Join(' ', r!["splits"]!.AsObject().Select(s => s.Key)))
        );
        Assert.Equal([false, true, false, true], rows.Select(r => r!.AsObject().ContainsKey("gap")));
    }

    [Fact]
    public async Task Private_submissions_are_not_on_the_leaderboard()
    {
        await server.Client.SubmitScoredAsync(
            UploadForm.Tiny(nameof(Private_submissions_are_not_on_the_leaderboard)).Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2)
        );

        var board = await server.Client.GetJsonAsync(
            $"/api/benchmarks/tiny/leaderboard?q={nameof(Private_submissions_are_not_on_the_leaderboard)}"
        );

        Assert.Empty(board["rows"]!.AsArray());
    }

    private static bool IsWithoutRank(JsonNode? row) => !row!.AsObject().ContainsKey("rank") && !row.AsObject().ContainsKey("score");

    private async Task EnsureEntriesAsync()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?q=sort-tests");
        if ((int)board["total"]! > 0)
        {
            return;
        }

        await SubmitAsync("d", form => form.Test1(0, 0, 1, 1, 0, 0).Test2(2, 2, 2, 2, 2, 2));
        await SubmitAsync("c", form => form.Test2(0, 0, 0, 1, 1, 2));
        await SubmitAsync("b", form => form.Test1(0, 0, 0, 0, 0, 0).Test2(0, 0, 0, 1, 1, 0));
        await SubmitAsync("a", form => form.Test1(0, 0, 1, 1, 2, 2));
    }

    private Task<JsonNode> SubmitAsync(string name, Func<UploadForm, UploadForm> files) =>
        server.Client.SubmitScoredAsync(files(UploadForm.Tiny("sort-tests " + name, name)));
}
