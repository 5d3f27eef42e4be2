using System.Net;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Many concurrent requests.</summary>
public sealed class ConcurrencyTests
{
    private const int Requests = 20;
    private const int Crowd = 200;

    [Fact]
    public async Task Concurrent_identical_submissions_are_stored_once()
    {
        await using var server = await TestServer.StartNewAsync();

        var responses = await Task.WhenAll(
            Enumerable.Range(0, Requests).Select(_ => server.Client.SubmitAsync(UploadForm.Tiny("Same").Test1(0, 0, 1, 1, 2, 2)))
        );

        var created = Assert.Single(responses, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(Requests - 1, responses.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        var id = (string)(await created.ReadJsonAsync(HttpStatusCode.Created))["id"]!;
        Assert.All(
            await Task.WhenAll(responses.Where(a => a != created).Select(a => a.ReadTextAsync())),
            text => Assert.Contains(id, text, StringComparison.Ordinal)
        );
        Assert.Equal(new StoredRows(1, 1, 1, 1, 1), await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task Concurrent_different_submissions_are_all_scored()
    {
        await using var server = await TestServer.StartNewAsync();

        var submissions = await Task.WhenAll(
            Enumerable
                .Range(0, Requests)
                .Select(i =>
                    server.Client.SubmitScoredAsync(
                        UploadForm.Tiny("Different").Test1(0, 0, i / 9, i / 3 % 3, i % 3, 2).Test2(0, 0, 0, 1, 1, 2)
                    )
                )
        );

        Assert.Equal(Requests, submissions.Select(s => (string?)s["id"]).Distinct().Count());
        Assert.All(submissions, s => Assert.Equal(2, s["evaluation"]!["splits"]!.AsArray().Count));
        Assert.Equal(
            new StoredRows(Requests, 2 * Requests, 2 * Requests, Requests, 2 * Requests),
            await StoredRows.CountAsync(server.Services)
        );
        Assert.Equal(Requests, (int)(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
    }

    [Fact]
    public async Task Hundreds_of_concurrent_submissions_are_all_scored()
    {
        // On PostgreSQL there are fewer connections than requests and a short timeout, so requests must wait for a slot, not a connection.
        await using var server = new TestServer();
        WideBenchmark.WriteTo(server);
        await server.StartAsync(settings: server.LimitConnections(6, seconds: 3));

        var responses = await Task.WhenAll(
            Enumerable
                .Range(0, Crowd)
                .Select(async i =>
                {
                    using var response = await server.Client.SubmitAsync(
                        WideBenchmark.Submission($"Method {i}", "Crowd", i % 16, i / 16, 5)
                    );
                    return response.StatusCode;
                })
        );

        Assert.All(responses, status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.Accepted, $"{status}"));
        Assert.Equal(Crowd, await StoredRows.CountSubmittedAsync(server.Services));
        await using var database = await server.OpenDatabaseAsync();
        var sent = database.Submissions.Where(s => s.Benchmark == WideBenchmark.Slug);
        while (await sent.AnyAsync(s => s.Status != SubmissionStatus.Scored, TestContext.Current.CancellationToken))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Crowd, await sent.CountAsync(s => s.Evaluations.Count == 1, TestContext.Current.CancellationToken));
    }
}
