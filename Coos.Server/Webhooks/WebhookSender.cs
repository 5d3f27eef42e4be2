using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Coos.Server.Webhooks;

/// <summary>Sends signed messages. It follows no redirects, uses no proxy and reads only the status of a response.</summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>How long a receiver may take. It should respond first and process the message afterwards.</summary>
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
    /// <returns>The status of the response, and the error unless it was successful.</returns>
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
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var status = (int)response.StatusCode;
            return (
                status,
                status switch
                {
                    >= 200 and < 300 => null,
                    >= 300 and < 400 => $"answered {status}: redirects are not followed; use the final URL",
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
            return (null, DescribeFailure(e));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static string DescribeFailure(HttpRequestException exception) =>
        exception switch
        {
            { InnerException: WebhookException refused } => refused.Message,
            _ when IsUnknownName(exception) => "the host name could not be resolved",
            { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection: the certificate is not valid",
            { HttpRequestError: HttpRequestError.ConnectionError } => "could not connect",
            _ => $"the connection failed ({exception.HttpRequestError})",
        };

    private static bool IsUnknownName(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.NameResolutionError
        || exception.InnerException
            is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData };
}

/// <summary>A message that is ready to be sent.</summary>
/// <param name="Id">The id of the delivery. It is the same at each attempt, so that receivers can ignore repeated deliveries.</param>
/// <param name="Url">The URL of the receiver.</param>
/// <param name="Secret">The secret that signs the message.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Body">The body, as JSON.</param>
internal sealed record WebhookMessage(Guid Id, Uri Url, string Secret, string Event, string Body);
