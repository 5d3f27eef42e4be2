using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>
/// Writes messages in the transaction of the event that they report, so that both are stored or neither. A message says what
/// happened and where to read it, but never a score: only the API decides who may see which score.
/// </summary>
internal sealed class WebhookOutbox(TimeProvider clock) : IScoringObserver
{
    /// <summary>The event for a submission that was scored or failed.</summary>
    public const string Scored = "scored";

    /// <summary>The event for entries whose rank changed.</summary>
    public const string RankChanged = "rankChanged";

    /// <summary>The event for testing a webhook.</summary>
    public const string Ping = "ping";

    /// <summary>The maximum number of entries in a message, which also gives the total number of changes.</summary>
    public const int MaximumEntries = 100;

    /// <inheritdoc/>
    public async Task OnScoredAsync(CoosDbContext database, Submission submission, SubmissionStatus status, CancellationToken cancellation)
    {
        var webhooks = await Active(database)
            .Where(w =>
                w.OnScored
                && (w.Benchmark == null || w.Benchmark == submission.Benchmark)
                && (
                    w.IsForAll || w.AccountId == submission.OwnerId || (submission.TeamId != null && w.Account!.TeamId == submission.TeamId)
                )
            )
            .Select(w => w.Id)
            .ToListAsync(cancellation);
        foreach (var webhook in webhooks)
        {
            Add(
                database,
                webhook,
                Scored,
                new
                {
                    submission.Benchmark,
                    Submission = new
                    {
                        submission.Id,
                        submission.Method,
                        submission.Submitter,
                        submission.Visibility,
                        Status = status,
                        Links = SubmissionLinks.For(submission.Id),
                    },
                }
            );
        }

        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds a message about entries whose rank changed.</summary>
    public void AddRankChanged(CoosDbContext database, Guid webhook, string benchmark, IReadOnlyList<RankChangeMessage> changes) =>
        Add(
            database,
            webhook,
            RankChanged,
            new
            {
                Benchmark = benchmark,
                Changed = changes.Count,
                Entries = changes.Take(MaximumEntries),
            }
        );

    /// <summary>Adds a test message.</summary>
    public void AddPing(CoosDbContext database, Guid webhook) =>
        Add(database, webhook, Ping, new { Message = "This is a test of a webhook." });

    /// <summary>
    /// The webhooks that are not paused, of open accounts. Those for all submissions are included only while the account is
    /// an organiser.
    /// </summary>
    public static IQueryable<Webhook> Active(CoosDbContext database) =>
        database.Webhooks.Where(w => w.PausedAt == null && w.Account!.DisabledAt == null && (!w.IsForAll || w.Account.IsOrganiser));

    private void Add(CoosDbContext database, Guid webhook, string @event, object content)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var payload = JsonSerializer.SerializeToNode(content, CoosJson.Options)!.AsObject();
        payload.Insert(0, "event", @event);
        payload.Insert(1, "delivery", id);
        payload.Insert(2, "at", now.UtcDateTime);
        database.Add(
            new WebhookDelivery
            {
                Id = id,
                WebhookId = webhook,
                Event = @event,
                Payload = payload.ToJsonString(CoosJson.Options),
                CreatedAt = now.UtcDateTime,
                NextAttemptAt = now.UtcDateTime,
            }
        );
    }
}

/// <summary>A changed rank of an entry.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">Its method; null if it is no longer on the board.</param>
/// <param name="Before">The rank in the last message.</param>
/// <param name="After">The current rank; null if it no longer has one.</param>
internal sealed record RankChangeMessage(Guid Id, string? Method, int Before, int? After);
