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

/// <summary>Webhooks from the page that makes them to the receiver that checks their signature.</summary>
public sealed partial class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_made_on_the_page_is_told_of_a_score_and_of_another_rank()
    {
        await using var server = await DevelopmentAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        var account = await TestAccount.RegisterAsync(server, "Listener");
        var secret = await MakeAsync(account, receiver.Address);
        using var program = await account.ProgramAsync();

        var first = await program.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 1));
        var scored = await receiver.NextAsync("scored");
        await RankIsKnownAsync(server, (Guid)first["id"]!);
        using var rival = await (await TestAccount.RegisterAsync(server, "Rival")).ProgramAsync();
        await rival.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));
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
        Assert.Contains("taken, answered 200", await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_refuses_is_tried_again_later_and_the_log_says_why()
    {
        await using var server = await DevelopmentAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.Found);
        var account = await TestAccount.RegisterAsync(server, "Listener");
        await MakeAsync(account, receiver.Address);
        await using (var database = await server.OpenDatabaseAsync())
        {
            var webhook = await database.Webhooks.SingleAsync(Cancellation);
            (await account.Browser.SendAsync("/account/webhooks", "change-webhook", ("try", webhook.Id.ToString()))).Dispose();
        }

        await receiver.NextAsync("ping");
        var delivery = await UntilAsync(server, d => d.LastStatus is not null);

        Assert.Equal(
            (302, 1, "answered 302: redirects are not followed; give the address itself"),
            (delivery.LastStatus, delivery.Attempts, delivery.LastError)
        );
        Assert.True(delivery is { DeliveredAt: null, GivenUpAt: null } && delivery.NextAttemptAt > delivery.CreatedAt);
        Assert.Contains("failed: answered 302", await account.Browser.ReadAsync("/account/webhooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_sent_to_is_refused_and_said_why()
    {
        await using var server = await OwnServer.SignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Curious");
        foreach (
            var (url, reason) in new[]
            {
                ("http://example.org/hook", "does not start with https://"),
                ("https://169.254.169.254/latest", "is not on the public internet"),
                ("https://localhost/", "is not on the public internet"),
                ("https://user:word@example.org/", "has a user name or password"),
                ("nonsense", "is not a valid URL"),
            }
        )
        {
            using var answer = await account.Browser.SendAsync(
                "/account/webhooks",
                "make-webhook",
                ("url", url),
                ("events", "scored"),
                ("benchmark", "")
            );
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(reason, await answer.ReadTextAsync(), StringComparison.Ordinal);
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
    public void An_address_is_judged_and_not_its_name(string address, bool isAllowed)
    {
        var settings = new CoosSettings
        {
            DataDirectory = "",
            BenchmarkDirectories = [],
            ConnectionString = "",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsSaid: true, OpenOnPublicAddress: false),
            Webhooks = new WebhookSettings(AllowsLoopback: false, [System.Net.IPNetwork.Parse("10.9.0.0/16")]),
        };

        Assert.Equal(isAllowed, new WebhookAddresses(settings).Allows(IPAddress.Parse(address)));
    }

    private static async Task<OwnServer> DevelopmentAsync()
    {
        var server = new OwnServer();
        await server.StartAsync(more: ["--environment=Development", "--Coos:Access:Submissions=SignedIn"]);
        return server;
    }

    private static async Task<string> MakeAsync(TestAccount account, Uri address)
    {
        using var made = await account.Browser.SendAsync(
            "/account/webhooks",
            "make-webhook",
            ("url", address.ToString()),
            ("benchmark", "tiny"),
            ("events", "scored"),
            ("events", "rankChanged")
        );
        var page = await made.ReadTextAsync();
        Assert.True(made.StatusCode == HttpStatusCode.OK, page);
        return Secret().Match(page).Value;
    }

    /// <summary>Waits until the server has noted an entry's rank; a rank that changes before that is not reported as changed.</summary>
    private static async Task RankIsKnownAsync(OwnServer server, Guid entry)
    {
        await using var database = await server.OpenDatabaseAsync();
        var text = entry.ToString();
        for (var i = 0; i < 600 && !await database.WebhookRanks.AnyAsync(r => r.Ranks.Contains(text), Cancellation); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private static async Task<WebhookDelivery> UntilAsync(OwnServer server, Func<WebhookDelivery, bool> isSo)
    {
        for (var i = 0; i < 200; i++)
        {
            await using var database = await server.OpenDatabaseAsync();
            if (await database.WebhookDeliveries.SingleAsync(Cancellation) is var delivery && isSo(delivery))
            {
                return delivery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        throw new TimeoutException("It did not come to that within twenty seconds.");
    }

    [GeneratedRegex("whsec_[A-Za-z0-9_-]+")]
    private static partial Regex Secret();
}
