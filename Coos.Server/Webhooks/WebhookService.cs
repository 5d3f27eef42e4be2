using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>Manages the webhooks of a viewer.</summary>
internal sealed class WebhookService(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    WebhookAddresses addresses,
    WebhookSecrets secrets,
    WebhookOutbox outbox,
    RankWatch ranks,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>The maximum number of webhooks per account.</summary>
    public const int MaxWebhooks = 10;

    /// <summary>The number of messages per webhook that the page shows.</summary>
    public const int ShownDeliveries = 10;

    /// <summary>Lists the viewer's webhooks with their newest messages, newest first.</summary>
    public async Task<IReadOnlyList<WebhookView>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var webhooks = await database
            .Webhooks.Where(w => w.AccountId == viewer.AccountId)
            .OrderByDescending(w => w.CreatedAt)
            .Include(w => w.Deliveries.OrderByDescending(d => d.CreatedAt).Take(ShownDeliveries))
            .ToListAsync(cancellation);
        return [.. webhooks.Select(WebhookView.From)];
    }

    /// <summary>Creates a webhook.</summary>
    /// <returns>Its secret, which cannot be read again later; or the refusal.</returns>
    public async Task<Result<string>> CreateAsync(Viewer viewer, WebhookRequest request, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var checkedAddress = addresses.Check(request.Url);
        var problems = checkedAddress.TryGet(out var address, out var refusal) ? [] : refusal.Fields.ToList();
        Add(!request.OnScored && !request.OnRankChanged, "events", "required", "choose at least one event");
        Add(
            request.Benchmark is { } slug && !catalog.TryGet(slug, out _),
            "benchmark",
            "bad-value",
            $"there is no benchmark \"{(request.Benchmark ?? "").Shorten()}\""
        );
        Add(request.IsForAll && !viewer.IsOrganiser, "of", "bad-value", "only organisers can receive events for all submissions");
        var existing = await database.Webhooks.CountAsync(w => w.AccountId == viewer.AccountId, cancellation);
        Add(
            existing >= MaxWebhooks,
            "url",
            "too-many",
            $"you have {existing} webhooks and at most {MaxWebhooks} are allowed; delete one first"
        );
        if (problems.Count > 0)
        {
            return Refusal.BadFields(problems);
        }

        var secret = WebhookSecrets.Create();
        await InsertAsync(viewer, request, address!, secret, cancellation);
        return secret;

        void Add(bool isWrong, string field, string code, string message)
        {
            if (isWrong)
            {
                problems.Add(new FieldProblem(field, code, message));
            }
        }
    }

    /// <summary>Deletes one of the viewer's webhooks with its messages.</summary>
    public async Task DeleteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await Own(database, viewer, id).FirstOrDefaultAsync(cancellation) is { } webhook)
        {
            await Own(database, viewer, id).ExecuteDeleteAsync(cancellation);
            await AuditAsync(database, webhook, "webhook.delete", cancellation);
        }
    }

    /// <summary>Sends a test message to one of the viewer's webhooks, and resumes it if it was paused.</summary>
    public async Task SendTestAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (
            await Own(database, viewer, id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.PausedAt, (DateTime?)null).SetProperty(w => w.GivenUpInARow, 0),
                    cancellation
                ) == 1
        )
        {
            outbox.AddPing(database, id);
            await database.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Resends a message of one of the viewer's webhooks, with the full number of attempts.</summary>
    public async Task ResendAsync(Viewer viewer, Guid delivery, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await database
            .WebhookDeliveries.Where(d =>
                d.Id == delivery && d.Webhook!.AccountId == viewer.AccountId && (d.DeliveredAt != null || d.GivenUpAt != null)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.DeliveredAt, (DateTime?)null)
                        .SetProperty(d => d.GivenUpAt, (DateTime?)null)
                        .SetProperty(d => d.Attempts, 0)
                        .SetProperty(d => d.NextAttemptAt, now),
                cancellation
            );
    }

    private async Task InsertAsync(Viewer viewer, WebhookRequest request, Uri address, string secret, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(now),
            AccountId = viewer.AccountId!.Value,
            Url = address.AbsoluteUri,
            Secret = secrets.Protect(secret),
            Benchmark = request.Benchmark,
            OnScored = request.OnScored,
            OnRankChanged = request.OnRankChanged,
            IsForAll = request.IsForAll,
            CreatedAt = now.UtcDateTime,
        };
        database.Add(webhook);
        if (webhook.OnRankChanged)
        {
            await ranks.InitialiseAsync(database, webhook, viewer.TeamId, cancellation);
        }

        await database.SaveChangesAsync(cancellation);
        await AuditAsync(database, webhook, "webhook.create", cancellation);
    }

    /// <summary>Writes an audit entry for a webhook that covers all submissions, which is an organiser's action.</summary>
    private Task AuditAsync(CoosDbContext database, Webhook webhook, string action, CancellationToken cancellation) =>
        webhook.IsForAll ? audit.WriteAsync(database, action, webhook.Id.ToString(), webhook.Url, cancellation) : Task.CompletedTask;

    private static IQueryable<Webhook> Own(CoosDbContext database, Viewer viewer, Guid id) =>
        database.Webhooks.Where(w => w.Id == id && w.AccountId == viewer.AccountId);
}

/// <summary>A request to create a webhook.</summary>
/// <param name="Url">The URL of the receiver.</param>
/// <param name="Benchmark">The benchmark; null for all.</param>
/// <param name="OnScored">Whether to notify of scored submissions.</param>
/// <param name="OnRankChanged">Whether to notify of changed ranks.</param>
/// <param name="IsForAll">Whether it covers all submissions.</param>
internal sealed record WebhookRequest(string Url, string? Benchmark, bool OnScored, bool OnRankChanged, bool IsForAll);
