using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Coos.Server.Webhooks;

/// <summary>Sends signed messages. Follows no redirect, goes through no proxy and reads no answer but its status.</summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>How long a receiver may take. It should answer first and work afterwards.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;

    public WebhookSender(WebhookAddresses addresses, TimeProvider clock)
    {
        _clock = clock;
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellation) => addresses.ConnectAsync(context.DnsEndPoint, cancellation),
        };
        _client = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("COOS-Webhook/1");
    }

    /// <summary>Sends a message.</summary>
    /// <returns>The status of the answer, and what was wrong where it is no success.</returns>
    public async Task<(int? Status, string? Error)> SendAsync(WebhookMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Content = new StringContent(message.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Coos-Event", message.Event);
        request.Headers.Add("Coos-Delivery", message.Id.ToString());
        request.Headers.Add("Coos-Signature", WebhookSecrets.Sign(message.Secret, _clock.GetUtcNow(), message.Body));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var status = (int)answer.StatusCode;
            return (
                status,
                status switch
                {
                    >= 200 and < 300 => null,
                    >= 300 and < 400 => $"answered {status}: redirects are not followed; give the address itself",
                    _ => $"answered {status}",
                }
            );
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"did not answer within {Timeout.TotalSeconds} seconds"));
        }
        catch (HttpRequestException e)
        {
            return (null, ReasonOf(e));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static string ReasonOf(HttpRequestException exception) =>
        exception switch
        {
            { InnerException: WebhookException refused } => refused.Message,
            _ when IsUnknownName(exception) => "its name is not known",
            { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection: its certificate does not hold",
            { HttpRequestError: HttpRequestError.ConnectionError } => "could not be connected to",
            _ => $"the connection failed ({exception.HttpRequestError})",
        };

    private static bool IsUnknownName(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.NameResolutionError
        || exception.InnerException
            is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData };
}

/// <summary>A message that is ready to be sent.</summary>
/// <param name="Id">Of the delivery: the same at each attempt, so that a receiver can drop what it knows.</param>
/// <param name="Url">Where to.</param>
/// <param name="Secret">What it is signed with.</param>
/// <param name="Event">What it tells.</param>
/// <param name="Body">JSON.</param>
internal sealed record WebhookMessage(Guid Id, Uri Url, string Secret, string Event, string Body);
