using System.Net;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>A server that shuts down finishes its work or releases its claims.</summary>
public sealed class ShutdownTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_evaluator_releases_its_claim()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(TimeProvider.System);
        var id = await SubmissionRow.InsertAsync(server);
        using var stop = new CancellationTokenSource();
        var evaluator = EvaluatorFactory.Create(server, new EvaluatorFactory.CallbackClock(TimeProvider.System, stop.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluator.ScoreAsync(id, stop.Token));

        var returned = await SubmissionRow.FindAsync(server, id);
        Assert.Equal((SubmissionStatus.Received, 0, 0), (returned.Status, returned.Attempts, returned.Evaluations.Count));
        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation);
        Assert.Equal(SubmissionStatus.Scored, (await SubmissionRow.FindAsync(server, id)).Status);
    }

    [Fact]
    public async Task Requests_in_progress_are_completed_and_no_claim_remains()
    {
        await using var server = await TestServer.StartNewAsync();
        var address = server.Client.BaseAddress!;
        var posts = Enumerable.Range(0, 12).Select(i => PostAsync(address, i)).ToArray();
        await Task.WhenAny(posts);

        await server.StopAsync();
        var responses = await Task.WhenAll(posts);
        await server.StartAsync("web");

        Assert.All(responses, status => Assert.True(status is null or HttpStatusCode.Created or HttpStatusCode.Accepted, $"{status}"));
        await using var database = await server.OpenDatabaseAsync();
        Assert.False(await database.Submissions.AnyAsync(s => s.Status == SubmissionStatus.Scoring, Cancellation));
        Assert.True(await database.Submissions.CountAsync(Cancellation) >= responses.Count(a => a is not null));
    }

    [Fact]
    public async Task A_shutdown_takes_at_most_thirty_seconds()
    {
        await using var server = await TestServer.StartNewAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), server.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    /// <summary>Submits and returns the status; null if the server no longer accepts connections.</summary>
    private static async Task<HttpStatusCode?> PostAsync(Uri address, int number)
    {
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            using var response = await client.SubmitAsync(UploadForm.Tiny($"Late {number}").Test1(0, 0, 1, 1, 2, number % 3));
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
