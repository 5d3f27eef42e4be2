using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Coos.Web.Tests.Webhooks;

/// <summary>A server that takes messages and answers all alike, at once or after what it waits for.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();

    private int _count;
    private int _open;

    private WebhookReceiver(HttpStatusCode answer, Func<int, CancellationToken, Task> before)
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
                HadTwoAtOnce |= Interlocked.Increment(ref _open) > 1;
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
                response.StatusCode = (int)answer;
                response.Headers.Location = "/elsewhere";
            }
        );
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"{_app.Urls.First()}/hook");

    /// <summary>How many messages came.</summary>
    public int Count => _count;

    /// <summary>Whether a message came before another had its answer.</summary>
    public bool HadTwoAtOnce { get; private set; }

    /// <param name="answer">What it answers.</param>
    /// <param name="before">What it waits for first, by the number of the message.</param>
    public static async Task<WebhookReceiver> StartAsync(HttpStatusCode answer, Func<int, CancellationToken, Task>? before = null)
    {
        var receiver = new WebhookReceiver(answer, before ?? ((_, _) => Task.CompletedTask));
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>One that never answers.</summary>
    public static Task<WebhookReceiver> HangingAsync() =>
        StartAsync(HttpStatusCode.OK, (_, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation));

    /// <summary>The next message of an event; what comes before it is dropped.</summary>
    public async Task<ReceivedMessage> NextAsync(string @event)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await _messages.Reader.ReadAsync(patience.Token) is var message && message.Event == @event)
            {
                return message;
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A message as it came.</summary>
internal sealed record ReceivedMessage(string Event, string Signature, string Text, JsonNode Body);
