using Coos.Server.Data;
using Coos.Server.Webhooks;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>Creates rows of webhooks and messages as the pages and the outbox do.</summary>
internal static class WebhookRows
{
    public static Webhook Webhook(
        TestServer server,
        Guid account,
        string address,
        DateTimeOffset at,
        string? secret = null,
        bool isForAll = false
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            AccountId = account,
            Url = address,
            Secret = server.Services.GetRequiredService<WebhookSecrets>().Protect(secret ?? WebhookSecrets.Create()),
            OnScored = true,
            IsForAll = isForAll,
            CreatedAt = at.UtcDateTime,
        };

    /// <summary>Creates a message that is due.</summary>
    public static WebhookDelivery Ping(Guid webhook, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        return new WebhookDelivery
        {
            Id = id,
            WebhookId = webhook,
            Event = WebhookOutbox.Ping,
            Payload = $$"""{"event":"ping","delivery":"{{id}}"}""",
            CreatedAt = at.UtcDateTime,
            NextAttemptAt = at.UtcDateTime,
        };
    }

    public static async Task InsertAsync(TestServer server, params object[] rows)
    {
        await using var database = await server.OpenDatabaseAsync();
        database.AddRange(rows);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
