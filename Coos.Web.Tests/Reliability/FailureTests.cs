using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>An evaluator that fails releases its claim, and finally records the reason.</summary>
public sealed class FailureTests
{
    private const string Reason =
        "The evaluator failed 3 times (ArgumentException); "
        + "the cause is in the server's log under this submission's id. Ask an organiser.";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_that_cannot_be_scored_fails_after_three_attempts_with_a_reason()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server, s => s.Classes = [0]);
        var evaluator = server.Services.GetRequiredService<EvaluationService>();

        for (var attempt = 1; attempt < EvaluationService.MaximumAttempts; attempt++)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => evaluator.ScoreAsync(id, Cancellation));
            var row = await SubmissionRow.FindAsync(server, id);
            Assert.Equal((SubmissionStatus.Received, attempt), (row.Status, row.Attempts));
        }

        await evaluator.ScoreAsync(id, Cancellation);

        var read = await server.Client.GetJsonAsync($"/api/submissions/{id}");
        Assert.Equal(("failed", Reason), ((string?)read["status"], (string?)read["failure"]));
        Assert.Null(read["evaluation"]);
        await AssertShownAsync(server, id);
    }

    [Fact]
    public async Task A_submission_that_crashes_every_process_fails_after_ten_claims()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var before = _clock.GetUtcNow().UtcDateTime - (2 * EvaluationClaims.ClaimTime);
        var id = await SubmissionRow.InsertAsync(
            server,
            s => (s.Status, s.ClaimedAt, s.Attempts) = (SubmissionStatus.Scoring, before, EvaluationService.MaximumClaims)
        );
        var last = await SubmissionRow.InsertAsync(
            server,
            s => (s.Status, s.ClaimedAt, s.Attempts) = (SubmissionStatus.Scoring, before, EvaluationService.MaximumClaims - 1)
        );
        var evaluator = server.Services.GetRequiredService<EvaluationService>();

        await evaluator.ScoreAsync(id, Cancellation);
        await evaluator.ScoreAsync(last, Cancellation);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal(
            (
                SubmissionStatus.Failed,
                "The evaluator process stopped 10 times while scoring this submission; the cause is in the server's "
                    + "log. "
                    + "Ask an organiser, who can rescore it."
            ),
            (row.Status, row.Failure)
        );
        Assert.Equal(SubmissionStatus.Scored, (await SubmissionRow.FindAsync(server, last)).Status);
    }

    /// <summary>A failed write leaves no partial state: the submission has neither scores nor an evaluation.</summary>
    [Fact]
    public async Task A_submission_whose_scores_cannot_be_stored_fails_and_can_be_rescored_later()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server);
        var evaluator = server.Services.GetRequiredService<EvaluationService>();
        await using (await BlockedTable.CreateAsync(server, "Submissions", "ScoredAt"))
        {
            for (var attempt = 1; attempt < EvaluationService.MaximumAttempts; attempt++)
            {
                await Assert.ThrowsAsync<DbUpdateException>(() => evaluator.ScoreAsync(id, Cancellation));
            }

            await evaluator.ScoreAsync(id, Cancellation);
            var row = await SubmissionRow.FindAsync(server, id);
            Assert.Equal((SubmissionStatus.Failed, (Guid?)null, 0), (row.Status, row.CurrentEvaluationId, row.Evaluations.Count));
            Assert.StartsWith("The evaluator failed 3 times (DbUpdateException)", row.Failure, StringComparison.Ordinal);
        }

        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var again = organiser.PostAsync(new Uri($"/api/submissions/{id}/evaluate", UriKind.Relative), null, Cancellation);
        await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Received);
        await evaluator.ScoreAsync(id, Cancellation);
        using var response = await again;
        Assert.Equal("scored", (string?)(await response.ReadJsonAsync())["status"]);
    }

    [Fact]
    public async Task A_waiting_client_is_told_that_its_submission_was_deleted()
    {
        await using var server = new TestServer();
        await server.StartAsync("web");
        var waiting = server.Client.SubmitAsync(UploadForm.Tiny("Impatient").Test1(0, 0, 1, 1, 2, 2));
        Guid id = default;
        while (id == default)
        {
            await using var database = await server.OpenDatabaseAsync();
            id = await database.Submissions.Where(s => s.Submitter == "Impatient").Select(s => s.Id).FirstOrDefaultAsync(Cancellation);
        }

        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Submissions.Where(s => s.Id == id).ExecuteDeleteAsync(Cancellation);
        }

        using var response = await waiting;
        await ExpectedProblem
            .NotFound($"Submission {id} no longer exists: it was deleted, or hidden by an organiser, while it was being scored.")
            .AssertAsync(response);
    }

    [Fact]
    public async Task A_running_server_retries_and_then_gives_up()
    {
        await using var server = await TestServer.StartNewAsync();
        var id = await SubmissionRow.InsertAsync(server, s => s.Classes = [0]);

        server.Services.GetRequiredService<EvaluationQueue>().Enqueue(id);

        var row = await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Failed);
        Assert.Equal((EvaluationService.MaximumAttempts, Reason), (row.Attempts, row.Failure));
    }

    [Fact]
    public async Task A_submission_that_waits_too_long_gets_202_and_is_scored_later()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);

        using var response = await server.Client.SubmitAndAdvanceAsync(UploadForm.Tiny("Patient").Test1(0, 0, 1, 1, 2, 2), _clock);

        var body = await response.ReadJsonAsync(HttpStatusCode.Accepted);
        var id = (Guid)body["id"]!;
        Assert.Equal($"/api/submissions/{id}", response.Headers.Location?.OriginalString);
        JsonShape.AssertMatches(
            $$"""
            { "id": "{{id}}", "benchmark": "tiny", "method": "Method", "submitter": "Patient", "kind": "submission", "status": "received",
              "createdAt": "{time}", "visibility": "public", "verification": "none", "verified": false,
              "warnings": [
                { "file": "test2", "code": "not-ranked", "message": "predictions are missing; without them the entry is not ranked" } ],
              "links": { "self": "/api/submissions/{{id}}", "page": "/submissions/{{id}}" } }
            """,
            body
        );

        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation);
        Assert.Equal("scored", (string?)(await server.Client.GetJsonAsync($"/api/submissions/{id}"))["status"]);
    }

    [Fact]
    public async Task A_stored_submission_succeeds_although_the_queue_fails_once()
    {
        await using var server = new TestServer
        {
            Replace = services =>
                services.AddSingleton<IBackgroundJobClient>(provider => new FailOnceClient(
                    new BackgroundJobClient(provider.GetRequiredService<JobStorage>())
                )),
        };
        await server.StartAsync();
        var queue = (FailOnceClient)server.Services.GetRequiredService<IBackgroundJobClient>();
        queue.FailNext();

        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Unlucky").Test1(0, 0, 1, 1, 2, 2));

        Assert.Equal("scored", (string?)submission["status"]);
        Assert.False(queue.WillFail);
    }

    private static async Task AssertShownAsync(TestServer server, Guid id)
    {
        using var confusion = await server.Client.GetAsync($"/api/submissions/{id}/confusion/test1", Cancellation);
        await ExpectedProblem.NotFound("The submission could not be scored, so it has no confusion matrix.").AssertAsync(confusion);
        var page = await server.Client.GetStringAsync($"/submissions/{id}", Cancellation);
        Assert.Contains("This submission could not be scored. The evaluator failed 3 times", page, StringComparison.Ordinal);
        var board = await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");
        Assert.Equal(new JsonArray().ToJsonString(), board["rows"]!.ToJsonString());
    }

    private sealed class FailOnceClient(BackgroundJobClient client) : IBackgroundJobClient
    {
        private int _willFail;

        public bool WillFail => _willFail == 1;

        public void FailNext() => _willFail = 1;

        public string Create(Job job, IState state) =>
            Interlocked.Exchange(ref _willFail, 0) == 1
                ? throw new BackgroundJobClientException("The queue is not available", new TimeoutException())
                : client.Create(job, state);

        public bool ChangeState(string jobId, IState state, string expectedState) => client.ChangeState(jobId, state, expectedState);
    }
}
