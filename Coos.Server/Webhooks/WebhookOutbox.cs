using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>
/// Writes messages, in the transaction of what they tell: both are stored or neither. They say that something happened and
/// where to read it, never a score: the one place that decides who sees which score is the API.
/// </summary>
internal sealed class WebhookOutbox(TimeProvider clock) : IScoringObserver
{
    /// <summary>The event of a submission that was scored, or could not be.</summary>
    public const string Scored = "scored";

    /// <summary>The event of entries that have another rank.</summary>
    public const string RankChanged = "rankChanged";

    /// <summary>The event that somebody tries a webhook with.</summary>
    public const string Ping = "ping";

    /// <summary>The most entries of a message; how many changed is said beside.</summary>
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

    /// <summary>Tells a webhook which of its entries have another rank.</summary>
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

    /// <summary>Sends a message that tells nothing.</summary>
    public void AddPing(CoosDbContext database, Guid webhook) =>
        Add(database, webhook, Ping, new { Message = "This is a test of a webhook." });

    /// <summary>The webhooks that work, of accounts that are open; those for all only while their account organises.</summary>
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

/// <summary>That an entry has another rank.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">Its method; null where it is gone from the board.</param>
/// <param name="Before">The rank that was told last.</param>
/// <param name="After">The rank now; null where it has none any more.</param>
internal sealed record RankChangeMessage(Guid Id, string? Method, int Before, int? After);
