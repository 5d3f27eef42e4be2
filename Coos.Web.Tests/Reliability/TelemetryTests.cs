using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Telemetry goes to the configured collector and contains no personal data.</summary>
[OneDatabase]
public sealed class TelemetryTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Telemetry_is_sent_to_the_configured_collector()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var server = new TestServer();
        await server.StartAsync(settings: $"--Coos:Telemetry:OtlpEndpoint=http://{collector.LocalEndpoint}");

        (await server.Client.GetAsync("/health/live", Cancellation)).Dispose();

        using var connection = await collector.AcceptTcpClientAsync(Cancellation).AsTask().WaitAsync(Timeout, Cancellation);
        Assert.True(connection.Connected);
    }

    [Fact]
    public async Task Traces_contain_neither_names_nor_client_addresses()
    {
        var traces = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Add(string.Join('\n', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = new TestServer();
        await server.StartAsync(
            settings: ["--Coos:Telemetry:OtlpEndpoint=http://127.0.0.1:9", "--Coos:Proxies=127.0.0.1", "--Coos:Access:Submissions=SignedIn"]
        );
        using var owner = await (await TestAccount.RegisterAsync(server, "Known person")).CreateClientAsync();
        var id = (string)(await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2)))["id"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/submissions/{id}?about=person");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("User-Agent", "Personal/1.0");
        (await server.Client.SendAsync(request, Cancellation)).Dispose();

        var trace = await AwaitAsync(traces, $"/submissions/{id}");

        Assert.Contains("http.response.status_code=200", trace, StringComparison.Ordinal);
        Assert.All(
            (string[])["203.0.113.9", "Personal/1.0", "about=person", "Known person"],
            secret => Assert.DoesNotContain(secret, trace, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_console_log_can_be_JSON()
    {
        var folder = Directory.CreateTempSubdirectory("coos-json-log-");
        try
        {
            await using var server = await ServerProcess.StartAsync(
                $"--Coos:DataDirectory={folder.FullName}",
                "--Logging:Console:FormatterName=json",
                "--Coos:Roles=evaluator"
            );

            Assert.NotEmpty(server.Output);
            Assert.All(server.Output, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> AwaitAsync(ConcurrentBag<string> traces, string path)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (traces.FirstOrDefault(t => t.Contains(path, StringComparison.Ordinal)) is { } trace)
            {
                return trace;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < Timeout, $"There is no trace of {path}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }
}
