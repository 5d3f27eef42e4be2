using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Webhooks;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>Webhooks from their creation on the page to the signature check of the receiver.</summary>
public sealed partial class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_receives_scores_and_rank_changes()
    {
        await using var server = await StartDevelopmentAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        var account = await TestAccount.RegisterAsync(server, "Listener");
        var secret = await CreateWebhookAsync(account, receiver.Address);
        using var client = await account.CreateClientAsync();

        var first = await client.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 1));
        var scored = await receiver.NextAsync("scored");
        await RankIsKnownAsync(server, (Guid)first["id"]!);
        using var better = await (await TestAccount.RegisterAsync(server, "Rival")).CreateClientAsync();
        await better.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));
        var moved = await receiver.NextAsync("rankChanged");

        Assert.Equal((string?)first["id"], (string?)scored.Body["submission"]!["id"]);
        Assert.Equal("scored", (string?)scored.Body["submission"]!["status"]);
        Assert.DoesNotContain("balancedError", scored.Text, StringComparison.Ordinal);
        var parts = scored.Signature.Split([',', '=']);
        Assert.Equal(
            Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[1]}.{scored.Text}"))
            ),
            parts[3]
        );
        var entry = Assert.Single(moved.Body["entries"]!.AsArray())!;
        Assert.Equal(((string?)first["id"], 1, 2), ((string?)entry["id"], (int)entry["before"]!, (int)entry["after"]!));
        Assert.Contains("delivered, answered 200", await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_delivery_is_retried_and_its_reason_is_in_the_delivery_log()
    {
        await using var server = await StartDevelopmentAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.Found);
        var account = await TestAccount.RegisterAsync(server, "Listener");
        await CreateWebhookAsync(account, receiver.Address);
        await using (var database = await server.OpenDatabaseAsync())
        {
            var webhook = await database.Webhooks.SingleAsync(Cancellation);
            (await account.Browser.SendAsync("/account/webhooks", "change-webhook", ("try", webhook.Id.ToString()))).Dispose();
        }

        await receiver.NextAsync("ping");
        var delivery = await WaitForAsync(server, d => d.LastStatus is not null);

        Assert.Equal(
            (302, 1, "answered 302: redirects are not followed; use the final URL"),
            (delivery.LastStatus, delivery.Attempts, delivery.LastError)
        );
        Assert.True(delivery is { DeliveredAt: null, GivenUpAt: null } && delivery.NextAttemptAt > delivery.CreatedAt);
        Assert.Contains("failed: answered 302", await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_accounts_and_former_organisers_receive_nothing_more()
    {
        await using var server = await StartDevelopmentAsync();
        await using var stopped = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        var closed = await TestAccount.RegisterAsync(server, "Closed");
        var former = await TestAccount.RegisterAsync(server, "Former organiser");
        var open = await TestAccount.RegisterAsync(server, "Open");
        await using (var database = await server.OpenDatabaseAsync())
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await database.Users.Where(a => a.Id == closed.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.DisabledAt, now), Cancellation);
        }

        // The messages were written before the accounts changed. Those of the open account are sent last.
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(3);
        Webhook[] webhooks =
        [
            WebhookRows.Webhook(server, closed.Id, stopped.Address.ToString(), at),
            WebhookRows.Webhook(server, former.Id, stopped.Address.ToString(), at, isForAll: true),
            WebhookRows.Webhook(server, open.Id, receiver.Address.ToString(), at),
        ];
        await WebhookRows.InsertAsync(server, [.. webhooks]);
        await WebhookRows.InsertAsync(server, [.. webhooks.Select((w, i) => WebhookRows.Ping(w.Id, at + TimeSpan.FromMinutes(i)))]);
        await receiver.NextAsync("ping");
        using var client = await open.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 1));
        await receiver.NextAsync("scored");

        Assert.Equal(0, stopped.Count);
        await using var after = await server.OpenDatabaseAsync();
        var kept = await after.WebhookDeliveries.Where(d => d.WebhookId != webhooks[2].Id).ToListAsync(Cancellation);
        Assert.Equal(["ping", "ping"], kept.Select(d => d.Event));
        Assert.All(kept, d => Assert.Equal(0, d.Attempts));
    }

    [Fact]
    public async Task A_forbidden_address_is_rejected_with_the_reason()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Curious");
        foreach (
            var (url, reason) in new[]
            {
                ("http://example.org/hook", "does not start with https://"),
                ("https://169.254.169.254/latest", "is not on the public internet"),
                ("https://localhost/", "is not on the public internet"),
                ("https://user:word@example.org/", "contains a user name or password"),
                ("nonsense", "is not a valid URL"),
            }
        )
        {
            using var response = await account.Browser.SendAsync(
                "/account/webhooks",
                "make-webhook",
                ("url", url),
                ("events", "scored"),
                ("benchmark", "")
            );
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, await response.ReadTextAsync(), StringComparison.Ordinal);
        }

        using var others = await account.Browser.SendAsync(
            "/account/webhooks",
            "make-webhook",
            ("url", "https://example.org/"),
            ("events", "scored"),
            ("benchmark", ""),
            ("of", "all")
        );
        Assert.Equal(HttpStatusCode.BadRequest, others.StatusCode);
    }

    [Fact]
    public async Task Webhooks_about_all_submissions_are_in_the_audit_log()
    {
        await using var server = await StartDevelopmentAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        foreach (var of in new[] { "all", "mine" })
        {
            using var created = await organiser.Browser.SendAsync(
                "/account/webhooks",
                "make-webhook",
                ("url", "https://127.0.0.1:1/"),
                ("benchmark", ""),
                ("events", "scored"),
                ("of", of)
            );
            Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        }

        await using var database = await server.OpenDatabaseAsync();
        var webhooks = await database.Webhooks.AsNoTracking().ToListAsync(Cancellation);
        foreach (var webhook in webhooks)
        {
            (await organiser.Browser.SendAsync("/account/webhooks", "change-webhook", ("delete", webhook.Id.ToString()))).Dispose();
        }

        var forAll = webhooks.Single(w => w.IsForAll).Id.ToString();
        var log = await database.AuditEntries.OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(Cancellation);
        Assert.Equal([("webhook.create", forAll), ("webhook.delete", forAll)], log.Select(e => (e.Action, e.Target)));
        Assert.False(await database.Webhooks.AnyAsync(Cancellation));
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("10.9.0.7", true)]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    public void The_IP_address_decides_whether_a_webhook_is_allowed(string address, bool isAllowed)
    {
        var settings = new CoosSettings
        {
            DataDirectory = "",
            BenchmarkDirectories = [],
            ConnectionString = "",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
            Webhooks = new WebhookSettings(AllowsLoopback: false, [System.Net.IPNetwork.Parse("10.9.0.0/16")]),
        };

        Assert.Equal(isAllowed, new WebhookAddresses(settings).Allows(IPAddress.Parse(address)));
    }

    private static async Task<TestServer> StartDevelopmentAsync()
    {
        var server = new TestServer();
        await server.StartAsync(settings: ["--environment=Development", "--Coos:Access:Submissions=SignedIn"]);
        return server;
    }

    private static async Task<string> CreateWebhookAsync(TestAccount account, Uri address)
    {
        using var created = await account.Browser.SendAsync(
            "/account/webhooks",
            "make-webhook",
            ("url", address.ToString()),
            ("benchmark", "tiny"),
            ("events", "scored"),
            ("events", "rankChanged")
        );
        var page = await created.ReadTextAsync();
        Assert.True(created.StatusCode == HttpStatusCode.OK, page);
        return Secret().Match(page).Value;
    }

    /// <summary>Waits until the server has noted an entry's rank; a rank that changes before that is not reported as changed.</summary>
    private static async Task RankIsKnownAsync(TestServer server, Guid entry)
    {
        await using var database = await server.OpenDatabaseAsync();
        var text = entry.ToString();
        for (var i = 0; i < 600 && !await database.WebhookRanks.AnyAsync(r => r.Ranks.Contains(text), Cancellation); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private static async Task<WebhookDelivery> WaitForAsync(TestServer server, Func<WebhookDelivery, bool> condition)
    {
        for (var i = 0; i < 200; i++)
        {
            await using var database = await server.OpenDatabaseAsync();
            if (await database.WebhookDeliveries.SingleAsync(Cancellation) is var delivery && condition(delivery))
            {
                return delivery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        throw new TimeoutException("The condition did not hold within 20 seconds.");
    }

    [GeneratedRegex("whsec_[A-Za-z0-9_-]+")]
    private static partial Regex Secret();
}
