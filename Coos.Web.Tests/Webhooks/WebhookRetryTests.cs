using System.Net;
using System.Security.Cryptography;
using System.Text;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Webhooks;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>
/// Retries of messages, and pausing of webhooks. The tests take the place of the sweep, so they set the clock without ticks: timers of
/// seconds would fire thousands of times.
/// </summary>
public sealed class WebhookRetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_has_six_attempts_over_seven_hours_with_new_signatures()
    {
        var clock = new FakeTimeProvider(Start);
        await using var server = await StartAsync(clock);
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.ServiceUnavailable);
        var secret = WebhookSecrets.Create();
        var id = await AddAsync(server, receiver.Address, secret);
        var times = new List<TimeSpan>();
        var deliveries = new HashSet<string>();

        for (var attempt = 1; attempt <= 6; attempt++)
        {
            await SendAsync(server, id);
            var message = await receiver.NextAsync("ping");
            var parts = message.Signature.Split([',', '=']);
            times.Add(DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)) - Start);
            deliveries.Add((string)message.Body["delivery"]!);
            Assert.Equal(
                Convert.ToHexStringLower(
                    HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[1]}.{message.Text}"))
                ),
                parts[3]
            );
            var row = await ReadAsync(server, id);
            Assert.Equal(
                (attempt, 503, "answered 503", attempt == 6),
                (row.Attempts, row.LastStatus, row.LastError, row.GivenUpAt is not null)
            );

            // A call before the next attempt is due does nothing.
            clock.AdjustTime(new DateTimeOffset(row.NextAttemptAt, TimeSpan.Zero) - TimeSpan.FromSeconds(1));
            await SendAsync(server, id);
            Assert.Equal(attempt, (await ReadAsync(server, id)).Attempts);
            clock.AdjustTime(new DateTimeOffset(row.NextAttemptAt, TimeSpan.Zero));
        }

        await SendAsync(server, id);
        Assert.Equal(6, (await ReadAsync(server, id)).Attempts);
        Assert.Equal([0, 10, 70, 670, 4270, 25870], times.Select(t => t.TotalSeconds));
        Assert.Single(deliveries);
    }

    [Fact]
    public async Task A_delivered_message_is_not_sent_again_and_resets_the_failure_count()
    {
        var clock = new FakeTimeProvider(Start);
        await using var server = await StartAsync(clock);
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.NoContent);
        var id = await AddAsync(server, receiver.Address, WebhookSecrets.Create(), givenUpInARow: WebhookDispatch.PausedAfter - 1);

        await SendAsync(server, id);
        clock.AdjustTime(clock.GetUtcNow().AddDays(1));
        await SendAsync(server, id);

        var row = await ReadAsync(server, id);
        Assert.Equal((1, 204, (string?)null, true), (row.Attempts, row.LastStatus, row.LastError, row.DeliveredAt is not null));
        Assert.Equal(0, row.Webhook!.GivenUpInARow);
    }

    [Fact]
    public async Task A_webhook_that_always_fails_is_paused()
    {
        var clock = new FakeTimeProvider(Start);
        await using var server = await StartAsync(clock);
        var unreachable = new Uri("http://127.0.0.1:9/hook");
        var id = await AddAsync(server, unreachable, WebhookSecrets.Create(), givenUpInARow: WebhookDispatch.PausedAfter - 1);
        for (var attempt = 0; attempt < WebhookDispatch.RetryDelays.Count; attempt++)
        {
            await SendAsync(server, id);
            clock.AdjustTime(clock.GetUtcNow() + WebhookDispatch.RetryDelays[attempt]);
        }

        var row = await ReadAsync(server, id);
        Assert.Equal("could not connect", row.LastError);
        Assert.NotNull(row.GivenUpAt);
        Assert.NotNull(row.Webhook!.PausedAt);

        var next = WebhookRows.Ping(row.WebhookId, clock.GetUtcNow());
        await WebhookRows.InsertAsync(server, next);
        await SendAsync(server, next.Id);
        Assert.Equal(0, (await ReadAsync(server, next.Id)).Attempts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_waiting_message_is_not_sent_while_its_account_may_not_receive_it(bool isClosed)
    {
        var clock = new FakeTimeProvider(Start);
        await using var server = await StartAsync(clock);
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.NoContent);
        var account = await TestAccount.RegisterAsync(server, "Listener", isOrganiser: true);
        var webhook = WebhookRows.Webhook(server, account.Id, receiver.Address.ToString(), Start, isForAll: !isClosed);
        var delivery = WebhookRows.Ping(webhook.Id, Start);
        await WebhookRows.InsertAsync(server, webhook, delivery);

        await SetAccountAsync(server, account.Id, isClosed ? Start.UtcDateTime : null, isOrganiser: isClosed);
        await SendAsync(server, delivery.Id);
        var before = await ReadAsync(server, delivery.Id);
        await SetAccountAsync(server, account.Id, null, isOrganiser: true);
        await SendAsync(server, delivery.Id);
        var after = await ReadAsync(server, delivery.Id);

        Assert.Equal((0, (DateTime?)null), (before.Attempts, before.DeliveredAt));
        Assert.Equal((1, 204), (after.Attempts, after.LastStatus));
        Assert.Equal(1, receiver.Count);
    }

    /// <summary>A public name may resolve to an internal address, so the address is checked at connection time.</summary>
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_name_that_resolves_to_this_machine_is_not_connected_to(string host)
    {
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        var settings = new CoosSettings
        {
            DataDirectory = "",
            BenchmarkDirectories = [],
            ConnectionString = "",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
            Webhooks = new WebhookSettings(AllowsLoopback: false, []),
        };
        using var sender = new WebhookSender(new WebhookAddresses(settings), TimeProvider.System);

        var (status, error) = await sender.SendAsync(
            new WebhookMessage(Guid.CreateVersion7(Start), new Uri($"http://{host}:{receiver.Address.Port}/hook"), "secret", "ping", "{}"),
            Cancellation
        );

        Assert.Null(status);
        Assert.Contains("is not on the public internet", error, StringComparison.Ordinal);
        Assert.Equal(0, receiver.Count);
    }

    private static async Task<TestServer> StartAsync(TimeProvider clock)
    {
        var server = new TestServer();
        await server.StartAsync("web", clock, "--environment=Development", "--Coos:Access:Submissions=SignedIn");
        return server;
    }

    private static async Task<Guid> AddAsync(TestServer server, Uri address, string secret, int givenUpInARow = 0)
    {
        var account = await TestAccount.RegisterAsync(server, "Listener");
        var webhook = WebhookRows.Webhook(server, account.Id, address.ToString(), Start, secret);
        webhook.GivenUpInARow = givenUpInARow;
        var delivery = WebhookRows.Ping(webhook.Id, Start);
        await WebhookRows.InsertAsync(server, webhook, delivery);
        return delivery.Id;
    }

    private static async Task SetAccountAsync(TestServer server, Guid id, DateTime? disabledAt, bool isOrganiser)
    {
        await using var database = await server.OpenDatabaseAsync();
        await database
            .Users.Where(a => a.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.DisabledAt, disabledAt).SetProperty(a => a.IsOrganiser, isOrganiser),
                Cancellation
            );
    }

    private static Task SendAsync(TestServer server, Guid id) =>
        server.Services.GetRequiredService<WebhookDispatch>().SendAsync(id, Cancellation);

    private static async Task<WebhookDelivery> ReadAsync(TestServer server, Guid id)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.WebhookDeliveries.Include(d => d.Webhook).SingleAsync(d => d.Id == id, Cancellation);
    }
}
