using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>A webhook receiver that gives every message the same response, optionally after a wait.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();

    private int _count;
    private int _open;

    private WebhookReceiver(HttpStatusCode status, Func<int, CancellationToken, Task> before)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost(
            "/hook",
            async (HttpRequest request, HttpResponse response) =>
            {
                using var reader = new StreamReader(request.Body);
                var text = await reader.ReadToEndAsync();
                var number = Interlocked.Increment(ref _count);
                HadConcurrentMessages |= Interlocked.Increment(ref _open) > 1;
                _messages.Writer.TryWrite(
                    new ReceivedMessage(
                        request.Headers["Coos-Event"].ToString(),
                        request.Headers["Coos-Signature"].ToString(),
                        text,
                        JsonNode.Parse(text)!
                    )
                );
                await before(number, request.HttpContext.RequestAborted);
                Interlocked.Decrement(ref _open);
                response.StatusCode = (int)status;
                response.Headers.Location = "/elsewhere";
            }
        );
    }

    /// <summary>The address of the receiver.</summary>
    public Uri Address => new($"{_app.Urls.First()}/hook");

    /// <summary>The number of received messages.</summary>
    public int Count => _count;

    /// <summary>Whether a message arrived before the response to another.</summary>
    public bool HadConcurrentMessages { get; private set; }

    /// <summary>Starts a receiver.</summary>
    /// <param name="status">The status of its responses.</param>
    /// <param name="before">The wait before a response, by the number of the message.</param>
    public static async Task<WebhookReceiver> StartAsync(HttpStatusCode status, Func<int, CancellationToken, Task>? before = null)
    {
        var receiver = new WebhookReceiver(status, before ?? ((_, _) => Task.CompletedTask));
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Starts a receiver that never responds.</summary>
    public static Task<WebhookReceiver> StartHangingAsync() =>
        StartAsync(HttpStatusCode.OK, (_, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation));

    /// <summary>Waits for the next message of an event, and drops other messages.</summary>
    public async Task<ReceivedMessage> NextAsync(string @event)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await _messages.Reader.ReadAsync(timeout.Token) is var message && message.Event == @event)
            {
                return message;
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A received message.</summary>
internal sealed record ReceivedMessage(string Event, string Signature, string Text, JsonNode Body);
