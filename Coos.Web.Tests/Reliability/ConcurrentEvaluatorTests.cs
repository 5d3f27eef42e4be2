using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>A submission gets one evaluation, no matter how many evaluators take it.</summary>
public sealed class ConcurrentEvaluatorTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_evaluators_record_one_evaluation()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server);
        var evaluator = server.Services.GetRequiredService<EvaluationService>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => evaluator.ScoreAsync(id, Cancellation), Cancellation)));

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal((SubmissionStatus.Scored, 1), (row.Status, row.Attempts));
        Assert.Equal(Assert.Single(row.Evaluations).Id, row.CurrentEvaluationId);
    }

    [Fact]
    public async Task A_second_evaluator_adopts_the_evaluation_of_a_slow_one()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server);
        var evaluator = server.Services.GetRequiredService<EvaluationService>();
        await evaluator.ScoreAsync(id, Cancellation);
        var first = await SubmissionRow.FindAsync(server, id);
        await using (var database = await server.OpenDatabaseAsync())
        {
            var longAgo = _clock.GetUtcNow().UtcDateTime.AddMinutes(-1);
            await database.Submissions.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Status, SubmissionStatus.Scoring)
                        .SetProperty(s => s.ClaimedAt, longAgo)
                        .SetProperty(s => s.CurrentEvaluationId, (Guid?)null),
                Cancellation
            );
        }

        await evaluator.ScoreAsync(id, Cancellation);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal((SubmissionStatus.Scored, 2), (row.Status, row.Attempts));
        Assert.Equal(first.CurrentEvaluationId, row.CurrentEvaluationId);
        Assert.Single(row.Evaluations);
    }

    [Fact]
    public async Task An_evaluator_that_exceeds_its_claim_notifies_nobody_twice()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server);
        await AddWebhookAsync(server);
        var slow = EvaluatorFactory.Create(
            server,
            new EvaluatorFactory.CallbackClock(
                _clock,
                () =>
                {
                    _clock.Advance(EvaluationClaims.ClaimTime * 2);
                    Task.Run(() => server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation), Cancellation)
                        .Wait(Cancellation);
                }
            )
        );

        await slow.ScoreAsync(id, Cancellation);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal((SubmissionStatus.Scored, 2, (Guid?)null), (row.Status, row.Attempts, row.PendingEvaluationId));
        Assert.Equal(Assert.Single(row.Evaluations).Id, row.CurrentEvaluationId);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.WebhookDeliveries.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_submission_deleted_during_scoring_leaves_no_rows()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var id = await SubmissionRow.InsertAsync(server);
        var evaluator = EvaluatorFactory.Create(
            server,
            new EvaluatorFactory.CallbackClock(_clock, () => Task.Run(() => DeleteAsync(server, id), Cancellation).Wait(Cancellation))
        );

        await evaluator.ScoreAsync(id, Cancellation);

        Assert.Equal(new StoredRows(0, 0, 0, 0, 0), await StoredRows.CountAsync(server.Services));
    }

    private static async Task DeleteAsync(TestServer server, Guid id)
    {
        await using var database = await server.OpenDatabaseAsync();
        await database.Submissions.Where(s => s.Id == id).ExecuteDeleteAsync(Cancellation);
    }

    /// <summary>Adds a webhook for all submissions, each of which must be sent once.</summary>
    private static async Task AddWebhookAsync(TestServer server)
    {
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        await using var database = await server.OpenDatabaseAsync();
        database.Add(
            new Webhook
            {
                Id = Guid.CreateVersion7(server.Services.GetRequiredService<TimeProvider>().GetUtcNow()),
                AccountId = organiser.Id,
                Url = "https://example.org/",
                Secret = "",
                OnScored = true,
                IsForAll = true,
            }
        );
        await database.SaveChangesAsync(Cancellation);
    }
}
