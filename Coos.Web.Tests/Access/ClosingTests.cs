using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>A benchmark is closed by an organiser or by its date. Then it takes no submissions and shows all scores.</summary>
public sealed class ClosingTests
{
    private const string Close = "/api/benchmarks/tiny/close";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_benchmark_shows_all_scores_and_takes_no_submissions()
    {
        await using var server = await StartAsync();
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var id = (string)(await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 2)))["id"]!;
        using var hidden = await owner.GetAsync($"/api/submissions/{id}/confusion/test1", Cancellation);

        using var closed = await organiser.PostAsync(Close, null, Cancellation);
        var shown = await owner.GetJsonAsync($"/api/submissions/{id}");
        using var matrix = await server.Client.GetAsync($"/api/submissions/{id}/confusion/test1", Cancellation);
        using var refused = await owner.SubmitAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2));
        using var upload = await owner.PostAsync("/api/uploads", Upload().Content, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (hidden.StatusCode, closed.StatusCode));
        var document = JsonNode.Parse(await closed.ReadTextAsync())!;
        Assert.Equal("open", (string?)document["disclosure"]);
        Assert.NotNull(document["closedAt"]);
        Assert.Null(shown["disclosure"]);
        Assert.NotNull(shown["evaluation"]!["splits"]![0]!["confusion"]);
        Assert.Equal(HttpStatusCode.OK, matrix.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (refused.StatusCode, upload.StatusCode));
        Assert.Contains("takes no more submissions", await refused.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Closed since", await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation), StringComparison.Ordinal);
        Assert.Contains(
            "takes no more submissions",
            await server.Client.GetStringAsync("/benchmarks/tiny/submit", Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Closing_is_for_organisers_and_happens_once()
    {
        await using var server = await StartAsync();
        using var participant = await (await TestAccount.RegisterAsync(server, "Participant")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        using var anonymous = await server.Client.PostAsync(Close, null, Cancellation);
        using var other = await participant.PostAsync(Close, null, Cancellation);
        using var unknown = await organiser.PostAsync("/api/benchmarks/no-such/close", null, Cancellation);
        using var first = await organiser.PostAsync(Close, null, Cancellation);
        using var second = await organiser.PostAsync(Close, null, Cancellation);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Conflict],
            new[] { anonymous, other, unknown, first, second }.Select(r => r.StatusCode)
        );
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.AuditEntries.CountAsync(e => e.Action == "benchmark.close" && e.Target == "tiny", Cancellation));
    }

    [Fact]
    public async Task A_benchmark_stays_closed_after_a_restart_and_on_other_processes()
    {
        await using var server = await StartAsync();
        using (var organiser = await TestAccount.CreateOrganiserClientAsync(server))
        {
            (await organiser.PostAsync(Close, null, Cancellation)).Dispose();
        }

        await server.RestartAsync();

        Assert.NotNull((await server.Client.GetJsonAsync("/api/benchmarks/tiny"))["closedAt"]);
    }

    [Fact]
    public async Task A_benchmark_closes_on_its_date_for_good()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 2, 28, 12, 0, 0, TimeSpan.Zero));
        await using var server = await StartAsync("\"closes\": \"2027-03-01T00:00:00Z\"", clock);
        var running = await server.Client.GetJsonAsync("/api/benchmarks/tiny");

        // Without ticks: timers of seconds would fire thousands of times.
        clock.AdjustTime(clock.GetUtcNow().AddHours(13));
        await server.Services.GetRequiredService<ClosedBenchmarks>().RefreshAsync(Cancellation);
        var closed = await server.Client.GetJsonAsync("/api/benchmarks/tiny");

        Assert.Equal(("guarded", "2027-03-01T00:00:00Z"), ((string?)running["disclosure"], (string?)running["closes"]));
        Assert.Null(running["closedAt"]);
        Assert.Equal(("open", "2027-03-01T00:00:00Z"), ((string?)closed["disclosure"], (string?)closed["closedAt"]));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal("tiny", (await database.BenchmarkClosings.SingleAsync(Cancellation)).Benchmark);
    }

    [Fact]
    public async Task An_organiser_closes_a_benchmark_on_its_page()
    {
        await using var server = await StartAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);

        using var response = await organiser.Browser.SendAsync("/organise/benchmarks", "close", ("benchmark", "tiny"));
        var page = await organiser.Browser.ReadAsync("/organise/benchmarks");
        using var again = await organiser.Browser.SendAsync("/organise/benchmarks", "close", ("benchmark", "tiny"));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.BadRequest), (response.StatusCode, again.StatusCode));
        Assert.Contains("Benchmark closed. Everyone sees its scores now.", page, StringComparison.Ordinal);
        Assert.Contains("Closed since", page, StringComparison.Ordinal);
    }

    private static UploadForm Upload() =>
        new UploadForm().Field("benchmark", TinyBenchmark.Slug).Field("split", "test1").File("file", "image_id,label\na-0,0\n");

    private static async Task<TestServer> StartAsync(string properties = "", TimeProvider? clock = null)
    {
        var server = new TestServer();
        await GuardedManifest.WriteAsync(server, properties);
        await server.StartAsync("web,evaluator", clock, "--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open");
        return server;
    }
}
