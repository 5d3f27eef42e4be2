using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>
/// The sweep queues submissions that a crash left behind, and no others. The rows decide; the tests lose the queue
/// deliberately.
/// </summary>
public sealed class ScoringSweepTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Status, seconds since received, seconds since claimed, and whether the sweep queues it.</summary>
    public static TheoryData<SubmissionStatus, int, int?, bool> Rows =>
        new()
        {
            { SubmissionStatus.Received, 60, null, true },
            { SubmissionStatus.Received, 4, null, true },
            { SubmissionStatus.Received, 1, null, false },
            { SubmissionStatus.Received, 60, 1, true },
            { SubmissionStatus.Scoring, 60, 60, true },
            { SubmissionStatus.Scoring, 60, 6, true },
            { SubmissionStatus.Scoring, 60, 4, false },
            // The clock was set back afterwards.
            { SubmissionStatus.Received, -3600, null, true },
            { SubmissionStatus.Scoring, -3600, -3600, true },
            { SubmissionStatus.Scored, 60, 60, false },
            { SubmissionStatus.Failed, 60, 60, false },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_sweep_queues_submissions_that_wait_too_long(SubmissionStatus status, int age, int? claimAge, bool isQueued)
    {
        await using var server = await StartAsync();
        await SubmissionRow.InsertAsync(
            server,
            s =>
            {
                s.Status = status;
                s.CreatedAt = Ago(age);
                s.ClaimedAt = claimAge is { } seconds ? Ago(seconds) : null;
            }
        );
        var sweep = ActivatorUtilities.CreateInstance<ScoringSweep>(server.Services);
        var before = CountEnqueued(server);

        var queued = await sweep.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isQueued ? 1 : 0, queued);
        Assert.Equal(queued, CountEnqueued(server) - before);
    }

    [Theory]
    [InlineData(SubmissionStatus.Received, null, true)]
    [InlineData(SubmissionStatus.Scoring, 6, true)]
    [InlineData(SubmissionStatus.Scoring, 4, false)]
    [InlineData(SubmissionStatus.Scoring, -3600, true)]
    [InlineData(SubmissionStatus.Failed, 60, false)]
    public async Task An_evaluator_takes_waiting_and_abandoned_submissions_but_no_recent_claims(
        SubmissionStatus status,
        int? claimAge,
        bool isScored
    )
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(
            server,
            s =>
            {
                s.Status = status;
                s.ClaimedAt = claimAge is { } seconds ? Ago(seconds) : null;
            }
        );

        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, TestContext.Current.CancellationToken);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal(isScored ? SubmissionStatus.Scored : status, row.Status);
        Assert.Equal(isScored ? 1 : 0, row.Attempts);
        Assert.Equal(isScored ? 1 : 0, row.Evaluations.Count);
    }

    /// <summary>During a rolling upgrade, an evaluator of a version without the publication time can still score.</summary>
    [Fact]
    public async Task The_sweep_sets_a_missing_publication_time()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var shown = await SubmissionRow.InsertAsync(server);
        var waiting = await SubmissionRow.InsertAsync(server);
        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(shown, TestContext.Current.CancellationToken);
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Submissions.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.PublishedAt, (DateTime?)null),
                TestContext.Current.CancellationToken
            );
        }

        await ActivatorUtilities.CreateInstance<ScoringSweep>(server.Services).PublishAsync(TestContext.Current.CancellationToken);

        Assert.Equal(_clock.GetUtcNow().UtcDateTime, (await SubmissionRow.FindAsync(server, shown)).PublishedAt);
        Assert.Null((await SubmissionRow.FindAsync(server, waiting)).PublishedAt);
    }

    [Fact]
    public async Task A_started_server_scores_waiting_and_abandoned_submissions()
    {
        await using var server = new TestServer();
        await server.StartAsync("web", _clock);
        var waiting = await SubmissionRow.InsertAsync(server, s => s.CreatedAt = Ago(60));
        var abandoned = await SubmissionRow.InsertAsync(
            server,
            s => (s.Status, s.CreatedAt, s.ClaimedAt) = (SubmissionStatus.Scoring, Ago(60), Ago(60))
        );

        await server.RestartAsync();

        foreach (var id in new[] { waiting, abandoned })
        {
            Assert.Equal(
                SubmissionStatus.Scored,
                (
                    await SubmissionRow.AwaitAsync(
                        server,
                        id,
                        s => s.Status != SubmissionStatus.Received && s.Status != SubmissionStatus.Scoring
                    )
                ).Status
            );
        }
    }

    /// <summary>
    /// On an overloaded server, rows wait long and are in the queue. If they were queued again, the queue would never end. A row
    /// that the queue lost becomes the oldest one sooner or later.
    /// </summary>
    [Fact]
    public async Task A_backlog_is_queued_once_and_lost_submissions_are_queued_again()
    {
        await using var server = await StartAsync();
        var sweep = ActivatorUtilities.CreateInstance<ScoringSweep>(server.Services);
        foreach (var age in new[] { 63, 62, 61 })
        {
            await SubmissionRow.InsertAsync(server, s => s.CreatedAt = Ago(age));
        }

        Assert.Equal(3, await sweep.SweepAsync(TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            0,
            await ActivatorUtilities.CreateInstance<ScoringSweep>(server.Services).SweepAsync(TestContext.Current.CancellationToken)
        );

        var lost = await SubmissionRow.InsertAsync(server, s => s.CreatedAt = Ago(600));
        Assert.Equal(1, await sweep.SweepAsync(TestContext.Current.CancellationToken));
        var jobs = server.Services.GetRequiredService<JobStorage>().GetMonitoringApi().EnqueuedJobs("default", 0, 1000);
        Assert.Contains(lost, jobs.Select(j => (Guid)j.Value.Job.Args[0]));
    }

    /// <summary>Starts a server that does not score, and keeps the bundled baselines so that every job has a row.</summary>
    private async Task<TestServer> StartAsync()
    {
        var server = new TestServer { HasBundledBaselines = true };
        await server.StartAsync("web", _clock);
        return server;
    }

    private static long CountEnqueued(TestServer server) =>
        server.Services.GetRequiredService<JobStorage>().GetMonitoringApi().GetStatistics().Enqueued;

    private DateTime Ago(int seconds) => _clock.GetUtcNow().UtcDateTime.AddSeconds(-seconds);
}
