using System.Net;
using Coos.Server.Data;
using Coos.Server.Webhooks;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>A receiver holds up its own messages and nothing else: no other receiver, no score and no stop of the server.</summary>
public sealed class WebhookFairnessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The hanging ones have messages for minutes; more of them than are sent to at once still take turns with others.</summary>
    [Theory]
    [InlineData(WebhookService.MaxWebhooks)]
    [InlineData(WebhookSweep.Senders + 4)]
    public async Task Receivers_that_hang_hold_up_no_score_and_no_other_receiver(int hanging)
    {
        await using var tarpit = await WebhookReceiver.HangingAsync();
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");
        for (var i = 0; i < hanging; i++)
        {
            await AddAsync(server, account, tarpit.Address.ToString(), messages: 20);
        }

        await tarpit.NextAsync("ping");
        await AddAsync(server, account, receiver.Address.ToString(), messages: 1);
        using var program = await account.ProgramAsync();
        await program.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 1));
        await receiver.NextAsync("ping");

        if (hanging < WebhookSweep.Senders)
        {
            await using var database = await server.OpenDatabaseAsync();
            Assert.Equal(0, await database.WebhookDeliveries.CountAsync(d => d.LastError != null, Cancellation));
        }
    }

    [Fact]
    public async Task Messages_of_a_webhook_are_sent_one_after_another_and_in_order()
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

        Assert.False(receiver.HadTwoAtOnce);
        Assert.Equal(sent.Count, receiver.Count);
    }

    [Fact]
    public async Task A_stop_ends_what_is_being_sent_and_the_next_start_sends_it_again()
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
        var delivered = await UntilAsync(server, sent.Id, d => d.DeliveredAt is not null);
        Assert.Equal((1, 200), (delivered.Attempts, delivered.LastStatus));
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_ends_neither_the_sending_nor_the_sweep()
    {
        await using var receiver = await WebhookReceiver.StartAsync(HttpStatusCode.OK);
        await using var server = await StartAsync();
        var account = await TestAccount.RegisterAsync(server, "Listener");

        // One that nothing can be sent to, and for each sender a row with which it fails before a claim: nobody writes either.
        var odd = Assert.Single(await AddAsync(server, account, "no address", messages: 1));
        for (var i = 0; i < WebhookSweep.Senders; i++)
        {
            await AddAsync(server, account, receiver.Address.ToString(), messages: 1, attempts: -1);
        }

        var failed = await UntilAsync(server, odd.Id, d => d.LastError is not null);
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

    private static async Task<OwnServer> StartAsync(OwnServer? server = null)
    {
        server ??= new OwnServer();
        await server.StartAsync(more: ["--environment=Development", "--Coos:Access:Submissions=SignedIn"]);
        return server;
    }

    /// <summary>A webhook with messages that are due, the first of them first.</summary>
    private static async Task<IReadOnlyList<WebhookDelivery>> AddAsync(
        OwnServer server,
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

    private static async Task<WebhookDelivery> ReadAsync(OwnServer server, Guid id)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.WebhookDeliveries.SingleAsync(d => d.Id == id, Cancellation);
    }

    private static async Task<WebhookDelivery> UntilAsync(OwnServer server, Guid id, Func<WebhookDelivery, bool> isSo)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await ReadAsync(server, id) is var delivery && isSo(delivery))
            {
                return delivery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        throw new TimeoutException("It did not come to that within twenty seconds.");
    }
}
