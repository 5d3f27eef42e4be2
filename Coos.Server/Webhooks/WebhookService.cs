using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>What a viewer does with their webhooks.</summary>
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
    /// <summary>The most webhooks of an account.</summary>
    public const int MaxWebhooks = 10;

    /// <summary>How many messages of each the page shows.</summary>
    public const int ShownDeliveries = 10;

    /// <summary>The viewer's webhooks with their newest messages, the newest first.</summary>
    public async Task<IReadOnlyList<WebhookView>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var webhooks = await database
            .Webhooks.Where(w => w.AccountId == viewer.AccountId)
            .OrderByDescending(w => w.CreatedAt)
            .Include(w => w.Deliveries.OrderByDescending(d => d.CreatedAt).Take(ShownDeliveries))
            .ToListAsync(cancellation);
        return [.. webhooks.Select(WebhookView.Of)];
    }

    /// <summary>Makes a webhook.</summary>
    /// <returns>Its secret, which nobody can ever see again, or what is wrong.</returns>
    public async Task<(string? Secret, IReadOnlyList<FieldProblem> Problems)> CreateAsync(
        Viewer viewer,
        WebhookRequest wish,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var (address, problem) = addresses.Check(wish.Url);
        var problems = new List<FieldProblem>();
        Add(problem is not null, "url", "bad-url", problem!);
        Add(!wish.OnScored && !wish.OnRankChanged, "events", "required", "choose at least one thing to be told");
        Add(
            wish.Benchmark is { } slug && !catalog.TryGet(slug, out _),
            "benchmark",
            "bad-value",
            $"there is no benchmark \"{(wish.Benchmark ?? "").Shorten()}\""
        );
        Add(wish.IsForAll && !viewer.IsOrganiser, "of", "bad-value", "only organisers are told of everybody's submissions");
        var existing = await database.Webhooks.CountAsync(w => w.AccountId == viewer.AccountId, cancellation);
        Add(existing >= MaxWebhooks, "url", "too-many", $"there are {existing} webhooks; delete one first");
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var secret = WebhookSecrets.Create();
        await InsertAsync(viewer, wish, address!, secret, cancellation);
        return (secret, []);

        void Add(bool isWrong, string field, string code, string message)
        {
            if (isWrong)
            {
                problems.Add(new FieldProblem(field, code, message));
            }
        }
    }

    /// <summary>Deletes one of the viewer's webhooks with its messages; others' are left alone.</summary>
    public async Task DeleteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await Own(database, viewer, id).FirstOrDefaultAsync(cancellation) is { } webhook)
        {
            await Own(database, viewer, id).ExecuteDeleteAsync(cancellation);
            await AuditAsync(database, webhook, "webhook.delete", cancellation);
        }
    }

    /// <summary>Sends a test message to one of the viewer's webhooks, and lets it work again where it was stopped.</summary>
    public async Task TryAsync(Viewer viewer, Guid id, CancellationToken cancellation)
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

    /// <summary>Sends a message of one of the viewer's webhooks once more, with all its attempts before it.</summary>
    public async Task RepeatAsync(Viewer viewer, Guid delivery, CancellationToken cancellation)
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

    private async Task InsertAsync(Viewer viewer, WebhookRequest wish, Uri address, string secret, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(now),
            AccountId = viewer.AccountId!.Value,
            Url = address.AbsoluteUri,
            Secret = secrets.Protect(secret),
            Benchmark = wish.Benchmark,
            OnScored = wish.OnScored,
            OnRankChanged = wish.OnRankChanged,
            IsForAll = wish.IsForAll,
            CreatedAt = now.UtcDateTime,
        };
        database.Add(webhook);
        if (webhook.OnRankChanged)
        {
            await ranks.StartAsync(database, webhook, viewer.TeamId, cancellation);
        }

        await database.SaveChangesAsync(cancellation);
        await AuditAsync(database, webhook, "webhook.create", cancellation);
    }

    /// <summary>A webhook about everybody's submissions is an organiser's act.</summary>
    private Task AuditAsync(CoosDbContext database, Webhook webhook, string action, CancellationToken cancellation) =>
        webhook.IsForAll ? audit.WriteAsync(database, action, webhook.Id.ToString(), webhook.Url, cancellation) : Task.CompletedTask;

    private static IQueryable<Webhook> Own(CoosDbContext database, Viewer viewer, Guid id) =>
        database.Webhooks.Where(w => w.Id == id && w.AccountId == viewer.AccountId);
}

/// <summary>A webhook as somebody wants it.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Benchmark">About which benchmark; null for all.</param>
/// <param name="OnScored">Whether of scores.</param>
/// <param name="OnRankChanged">Whether of ranks.</param>
/// <param name="IsForAll">Whether about everybody's submissions.</param>
internal sealed record WebhookRequest(string Url, string? Benchmark, bool OnScored, bool OnRankChanged, bool IsForAll);
