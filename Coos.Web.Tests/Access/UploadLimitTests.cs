using System.IO.Pipelines;
using System.Net;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Limits of the uploads that the server receives at the same time. They apply before a body is read.</summary>
[OneDatabase]
public sealed class UploadLimitTests : IAsyncLifetime
{
    private static readonly string[] Busy =
    [
        "Too many uploads on this server",
        "Nothing was stored. The server is receiving as many uploads as it can hold. Wait a few seconds and send this one again; "
            + "the header Retry-After says how many.",
    ];

    private readonly TestServer _server = new();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly List<HttpClient> _clients = [];
    private Task<HttpResponseMessage>? _slow;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Uploads_of_a_sender_beyond_the_limit_wait_and_others_do_not()
    {
        await StartAsync("--Coos:Upload:MaxConcurrentPerSender=1");
        var one = await ConnectAsync("One");
        var two = await ConnectAsync("Two");
        await StartSlowUploadAsync(one);

        var waiting = ValidateWithAsync(client: 0);
        using var other = await two.ValidateAsync(Form());
        var isWaiting = !waiting.IsCompleted;
        using var first = await EndSlowUploadAsync();
        using var second = await waiting;

        Assert.True(isWaiting);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK),
            (other.StatusCode, first.StatusCode, second.StatusCode)
        );
    }

    [Fact]
    public async Task A_full_server_refuses_uploads_before_their_bodies_are_read()
    {
        await StartAsync("--Coos:Upload:MaxConcurrent=1");
        var one = await ConnectAsync("One");
        var two = await TestAccount.RegisterAsync(_server, "Two");
        using var client = await two.CreateClientAsync();
        await StartSlowUploadAsync(one);

        var (refused, isSent) = await SendWatchedAsync("/api/uploads", await two.CreateTokenAsync());
        var page = await client.GetStringAsync("/benchmarks/tiny", Cancellation);
        (await EndSlowUploadAsync()).Dispose();
        using var later = await client.ValidateAsync(Form());

        Assert.False(isSent);
        Assert.Equal("5", refused.Headers.GetValues("Retry-After").Single());
        await new ExpectedProblem(HttpStatusCode.ServiceUnavailable, Busy[0], Busy[1]).AssertAsync(refused);
        Assert.Contains("Tiny", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        refused.Dispose();
    }

    [Fact]
    public async Task The_bytes_of_all_uploads_are_limited_and_released()
    {
        await StartAsync("--Coos:Upload:MaxSpooledBytes=100000");
        var account = await TestAccount.RegisterAsync(_server, "One");
        using var client = await account.CreateClientAsync();

        var (announced, isSent) = await SendWatchedAsync("/api/uploads", await account.CreateTokenAsync());
        using var form = Form().File("test2", new byte[200_000]).Content;
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/submissions/validate") { Content = form };
        chunked.Headers.TransferEncodingChunked = true;
        using var received = await client.SendAsync(chunked, Cancellation);
        using var small = await client.ValidateAsync(Form());

        Assert.False(isSent);
        await new ExpectedProblem(HttpStatusCode.ServiceUnavailable, Busy[0], Busy[1]).AssertAsync(announced);
        await new ExpectedProblem(HttpStatusCode.ServiceUnavailable, Busy[0], Busy[1]).AssertAsync(received);
        Assert.Equal("5", received.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        announced.Dispose();
    }

    /// <summary>Labels are not read as a form, so their endpoint fails while it reads the body.</summary>
    [Fact]
    public async Task Labels_beyond_the_bytes_of_all_uploads_are_refused_with_the_time_to_wait()
    {
        await StartAsync("--Coos:Upload:MaxSpooledBytes=100000");
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels")
        {
            Content = new ByteArrayContent(new byte[200_000]) { Headers = { ContentType = new("text/csv") } },
            Headers = { TransferEncodingChunked = true },
        };

        using var refused = await organiser.SendAsync(request, Cancellation);

        Assert.Equal("5", refused.Headers.GetValues("Retry-After").Single());
        await new ExpectedProblem(HttpStatusCode.ServiceUnavailable, "Service Unavailable", Busy[1]).AssertAsync(refused);
    }

    [Fact]
    public async Task An_upload_has_a_minimum_rate_of_4_KB_per_second_after_ten_seconds()
    {
        var recorder = new RateRecorder();
        await using var server = new TestServer { Replace = services => services.AddSingleton<IStartupFilter>(recorder) };
        await server.StartAsync();

        using var response = await server.Client.ValidateAsync(UploadForm.Tiny("Sender").Test1(0, 0, 1, 1, 2, 2));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((4096, TimeSpan.FromSeconds(10)), (recorder.Rate?.BytesPerSecond, recorder.Rate?.GracePeriod));
    }

    private Task StartAsync(string setting) => _server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", setting]);

    private async Task<HttpClient> ConnectAsync(string name)
    {
        var client = await (await TestAccount.RegisterAsync(_server, name)).CreateClientAsync();
        _clients.Add(client);
        return client;
    }

    private Task<HttpResponseMessage> ValidateWithAsync(int client) => _clients[client].ValidateAsync(Form());

    private static UploadForm Form() => UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2);

    /// <summary>Starts an upload whose body does not end before the pipe is completed.</summary>
    private async Task StartSlowUploadAsync(HttpClient client)
    {
        var body = new StreamContent(_pipe.Reader.AsStream());
        body.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        // The client sends only full buffers before the end.
        byte[] part = [.. "--b\r\nContent-Disposition: form-data; name=\"test1\"; filename=\"test1.csv\"\r\n\r\n"u8, .. new byte[50_000]];
        await _pipe.Writer.WriteAsync(part, Cancellation);
        _slow = client.PostAsync("/api/submissions/validate", body, Cancellation);
        var limiter = (Coos.Server.Submissions.UploadLimiter)_server.Services.GetService(typeof(Coos.Server.Submissions.UploadLimiter))!;
        while (limiter.Bytes == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Ends the body of the slow upload and waits for its response.</summary>
    private async Task<HttpResponseMessage> EndSlowUploadAsync()
    {
        await _pipe.Writer.CompleteAsync();
        return await _slow!;
    }

    /// <summary>Sends an upload of a megabyte, whose body is sent only if the server asks for it.</summary>
    private async Task<(HttpResponseMessage Response, bool IsSent)> SendWatchedAsync(string path, string token)
    {
        var body = new WatchedBody("multipart/form-data; boundary=b", 1 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body,
            Headers = { ExpectContinue = true, Authorization = new("Bearer", token) },
        };
        return (await new TestBrowser(_server.Address).SendAsync(request), body.IsSent);
    }

    /// <summary>Records the minimum rate that the server set for the body of an upload, and enforces while it is read.</summary>
    private sealed class RateRecorder : IStartupFilter
    {
        public MinDataRate? Rate { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    async (context, others) =>
                    {
                        await others(context);
                        if (context.Request.Path == "/api/submissions/validate")
                        {
                            Rate = context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate;
                        }
                    }
                );
                next(app);
            };
    }
}
