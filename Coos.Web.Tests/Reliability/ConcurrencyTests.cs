using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Many requests at once.</summary>
public sealed class ConcurrencyTests
{
    private const int Requests = 20;

    [Fact]
    public async Task Of_identical_submissions_at_once_exactly_one_is_stored()
    {
        await using var server = await OwnServer.StartedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => server.Client.SubmitAsync(UploadForm.Tiny("Same").Test1(0, 0, 1, 1, 2, 2))));

        var created = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(Requests - 1, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        var id = (string)(await created.ReadJsonAsync(HttpStatusCode.Created))["id"]!;
        Assert.All(await Task.WhenAll(answers.Where(a => a != created).Select(a => a.ReadTextAsync())), text => Assert.Contains(id, text, StringComparison.Ordinal));
        Assert.Equal(new StoredRows(1, 1, 1, 1, 1), await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task Different_submissions_at_once_are_all_scored()
    {
        await using var server = await OwnServer.StartedAsync();

        var submissions = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i =>
            server.Client.SubmitScoredAsync(UploadForm.Tiny("Different").Test1(0, 0, i / 9, i / 3 % 3, i % 3, 2).Test2(0, 0, 0, 1, 1, 2))));

        Assert.Equal(Requests, submissions.Select(s => (string?)s["id"]).Distinct().Count());
        Assert.All(submissions, s => Assert.Equal(2, s["evaluation"]!["splits"]!.AsArray().Count));
        Assert.Equal(new StoredRows(Requests, 2 * Requests, 2 * Requests, Requests, 2 * Requests), await StoredRows.CountAsync(server.Services));
        Assert.Equal(Requests, (int)(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
    }
}
