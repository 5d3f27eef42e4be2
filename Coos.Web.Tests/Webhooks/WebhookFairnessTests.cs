using System.Net;
using Coos.Server.Data;
using Coos.Server.Webhooks;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>A slow receiver delays only its own messages, but no other receiver, scoring or shutdown.</summary>
[OneDatabase]
public sealed class WebhookFairnessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// The hanging receivers have messages for minutes. Even with more of them than senders, other receivers get their turn.
    /// </summary>
    [Theory]
    [InlineData(WebhookService.MaxWebhooks)]
    [InlineData(WebhookSweep.Senders + 4)]
    public async Task Hanging_receivers_delay_neither_scoring_nor_other_receivers(int hanging)
    {
        await using var hangingReceiver = await WebhookReceiver.StartHangingAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");
        for (var i = 0; i < hanging; i++)
        {
            await AddAsync(server, account, hangingReceiver.Address.ToString(), messages: 20);
        }

        await hangingReceiver.NextAsync("ping");
        await AddAsync(server, account, receiver.Address.ToString(), messages: 1);
        using var client = await account.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 1));
        await receiver.NextAsync("ping");

        if (hanging < WebhookSweep.Senders)
        {
            await using var database = await server.OpenDatabaseAsync();
            Assert.Equal(0, await database.WebhookDeliveries.CountAsync(d => d.LastError != null, Cancellation));
        }
    }

    [Fact]
    public async Task Messages_of_a_webhook_are_sent_one_at_a_time_and_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            HttpStatusCode.OK,
            (_, cancellation) => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation)
        );
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");

        var sent = await AddAsync(server, account, receiver.Address.ToString(), messages: 12);

        foreach (var delivery in sent)
        {
            Assert.Equal(delivery.Id.ToString(), (string?)(await receiver.NextAsync("ping")).Body["delivery"]);
        }

        Assert.False(receiver.HadConcurrentMessages);
        Assert.Equal(sent.Count, receiver.Count);
    }

    [Fact]
    public async Task A_shutdown_cancels_a_delivery_and_the_next_start_retries_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            HttpStatusCode.OK,
            (number, cancellation) =>
                number == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation) : Task.CompletedTask
        );
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");
        var sent = Assert.Single(await AddAsync(server, account, receiver.Address.ToString(), messages: 1));
        await receiver.NextAsync("ping");

        await server.StopAsync();
        await server.StartAsync("web");

        var stopped = await ReadAsync(server, sent.Id);
        Assert.Equal((0, null, null, null), (stopped.Attempts, stopped.LastError, stopped.DeliveredAt, stopped.GivenUpAt));
        Assert.Equal(sent.NextAttemptAt, stopped.NextAttemptAt, TimeSpan.FromMilliseconds(1));

        await server.StopAsync();
        await StartAsync(server);
        Assert.Equal(sent.Id.ToString(), (string?)(await receiver.NextAsync("ping")).Body["delivery"]);
        var delivered = await WaitForAsync(server, sent.Id, d => d.DeliveredAt is not null);
        Assert.Equal((1, 200), (delivered.Attempts, delivered.LastStatus));
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_stops_neither_senders_nor_sweep()
    {
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");

        // One webhook with an invalid address, and for each sender a row that fails before it is claimed. Neither occurs in practice.
        var invalid = Assert.Single(await AddAsync(server, account, "no address", messages: 1));
        for (var i = 0; i < WebhookSweep.Senders; i++)
        {
            await AddAsync(server, account, receiver.Address.ToString(), messages: 1, attempts: -1);
        }

        var failed = await WaitForAsync(server, invalid.Id, d => d.LastError is not null);
        for (var i = 0; i < 2; i++)
        {
            await AddAsync(server, account, receiver.Address.ToString(), messages: 1);
            await receiver.NextAsync("ping");
        }

        Assert.Equal(
            (1, "could not be sent because of a server error; the cause is in the server's log"),
            (failed.Attempts, failed.LastError)
        );
    }

    private static async Task<TestServer> StartAsync(TestServer? server = null)
    {
        server ??= new TestServer();
        await server.StartAsync(settings: ["--environment=Development", "--Coos:Access:Submissions=SignedIn"]);
        return server;
    }

    /// <summary>Adds a webhook with messages that are due, and returns them in order.</summary>
    private static async Task<IReadOnlyList<WebhookDelivery>> AddAsync(
        TestServer server,
        TestAccount account,
        string address,
        int messages,
        int attempts = 0
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        var webhook = WebhookRows.Webhook(server, account.Id, address, now);
        List<WebhookDelivery> deliveries =
        [
            .. Enumerable.Range(0, messages).Select(i => WebhookRows.Ping(webhook.Id, now.AddSeconds(i - messages))),
        ];
        deliveries.ForEach(d => d.Attempts = attempts);
        await WebhookRows.InsertAsync(server, [webhook, .. deliveries]);
        return deliveries;
    }

    private static async Task<WebhookDelivery> ReadAsync(TestServer server, Guid id)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.WebhookDeliveries.SingleAsync(d => d.Id == id, Cancellation);
    }

    private static async Task<WebhookDelivery> WaitForAsync(TestServer server, Guid id, Func<WebhookDelivery, bool> condition)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await ReadAsync(server, id) is var delivery && condition(delivery))
            {
                return delivery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        throw new TimeoutException("The condition did not hold within 20 seconds.");
    }
}
