using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Coos.Cli.Tests.Support;

/// <summary>Responds to requests with prepared responses, in order, and records the requests.</summary>
internal sealed class StubServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _responses = new();

    public List<Request> Requests { get; } = [];

    public StubServer Respond(
        HttpStatusCode status,
        string body = "",
        string type = "application/json",
        string? location = null,
        int? retryAfter = null
    )
    {
        _responses.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
            response.Headers.Location = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute);
            response.Headers.RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
            return response;
        });
        return this;
    }

    public StubServer Fail(Exception exception)
    {
        _responses.Enqueue(() => throw exception);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new Request(request.Method.Method, request.RequestUri!.ToString(), request.Headers.Authorization?.ToString(), body));
        return _responses.Dequeue()();
    }
}

/// <summary>A request that the server received.</summary>
internal sealed record Request(string Method, string Address, string? Authorization, string Body);
