using System.Diagnostics.Metrics;
using System.Net;
using Coos.Server.Data;
using Coos.Server.Telemetry;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Operations: metrics, rescoring and the job dashboard.</summary>
public sealed class OperationsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_have_the_depth_and_age_of_the_queue()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var before = Observe(server, "coos.queue.depth");
        await SubmissionRow.InsertAsync(server, s => s.CreatedAt = _clock.GetUtcNow().UtcDateTime.AddSeconds(-90));
        await SubmissionRow.InsertAsync(
            server,
            s => (s.Status, s.CreatedAt) = (SubmissionStatus.Scoring, _clock.GetUtcNow().UtcDateTime.AddSeconds(-30))
        );
        await SubmissionRow.InsertAsync(server, s => s.Status = SubmissionStatus.Failed);

        Assert.Equal(before + 2, Observe(server, "coos.queue.depth"));
        Assert.Equal(90, Observe(server, "coos.queue.age"));
        Assert.Equal(1, Observe(server, "coos.submissions.failed"));
    }

    [Fact]
    public async Task Prometheus_metrics_contain_no_names()
    {
        await using var server = await TestServer.StartNewAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Counted").Test1(0, 0, 1, 1, 2, 2));

        var metrics = await server.Client.GetStringAsync("/metrics", Cancellation);

        foreach (
            var name in new[]
            {
                "coos_queue_depth",
                "coos_queue_age_seconds",
                "coos_submissions_failed",
                "coos_submissions_received_total",
                "coos_evaluation_duration_seconds_count",
            }
        )
        {
            Assert.Matches($"(?m)^{name}{{[^}}]*}} [0-9]", metrics);
        }

        Assert.DoesNotContain("Counted", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Loopback", "127.0.0.1", HttpStatusCode.OK)]
    [InlineData("Loopback", "198.51.100.7", HttpStatusCode.Forbidden)]
    [InlineData("Anyone", "198.51.100.7", HttpStatusCode.OK)]
    public async Task Only_this_machine_reads_metrics_unless_the_setting_allows_anyone(
        string access,
        string client,
        HttpStatusCode expected
    )
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Proxies=127.0.0.1", $"--Coos:Metrics:Access={access}");

        using var response = await new TestBrowser(server.Address, client).GetAsync("/metrics");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_server_without_its_database_is_alive_but_not_ready()
    {
        var isMissing = false;
        await using var server = new TestServer
        {
            Replace = services =>
                services.Replace(
                    ServiceDescriptor.Scoped(provider =>
                        isMissing
                            ? new CoosDbContext(
                                new DbContextOptionsBuilder<CoosDbContext>().UseSqlite("Data Source=/missing/coos.db").Options
                            )
                            : provider.GetRequiredService<IDbContextFactory<CoosDbContext>>().CreateDbContext()
                    )
                ),
        };
        await server.StartAsync();
        using var before = await server.Client.GetAsync("/health/ready", Cancellation);
        isMissing = true;

        using var live = await server.Client.GetAsync("/health/live", Cancellation);
        using var ready = await server.Client.GetAsync("/health/ready", Cancellation);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable),
            (before.StatusCode, live.StatusCode, ready.StatusCode)
        );
    }

    [Fact]
    public async Task A_failed_submission_has_a_reason_and_time_and_can_be_rescored()
    {
        await using var server = await TestServer.StartNewAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Failing").Test1(0, 0, 1, 1, 2, 2));
        var id = (Guid)submission["id"]!;
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database
                .Submissions.Where(s => s.Id == id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(s => s.Status, SubmissionStatus.Failed)
                            .SetProperty(s => s.Failure, "why")
                            .SetProperty(s => s.Attempts, 3)
                            .SetProperty(s => s.FailedAt, _clock.GetUtcNow().UtcDateTime),
                    Cancellation
                );
        }

        var failed = await server.Client.GetJsonAsync($"/api/submissions/{id}");
        Assert.Equal(
            ("failed", "why", "2026-03-01T12:00:00Z"),
            ((string?)failed["status"], (string?)failed["failure"], (string?)failed["failedAt"])
        );
        using var response = await organiser.PostAsync($"/api/submissions/{id}/evaluate", null, Cancellation);
        var again = await response.ReadJsonAsync();

        Assert.Equal("scored", (string?)again["status"]);
        Assert.Null(again["failure"]);
        Assert.Null(again["failedAt"]);
        Assert.Single((await SubmissionRow.FindAsync(server, id)).Evaluations);
    }

    [Fact]
    public async Task Reported_results_and_unknown_submissions_cannot_be_rescored()
    {
        await using var server = await TestServer.StartNewAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var reported = (string?)(await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=1"))["rows"]![0]!["id"];

        using var result = await organiser.PostAsync($"/api/submissions/{reported}/evaluate", null, Cancellation);
        using var unknown = await organiser.PostAsync($"/api/submissions/{Guid.Empty}/evaluate", null, Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.Conflict,
            "Nothing to score",
            $"{reported} is a reported result and cannot be rescored: its publication reports balanced errors but no predictions. "
                + "Nothing was changed."
        ).AssertAsync(result);
        await ExpectedProblem.NotFound($"There is no submission {Guid.Empty}.").AssertAsync(unknown);
    }

    [Fact]
    public async Task Only_organisers_can_rescore_and_see_jobs()
    {
        await using var server = await TestServer.StartNewAsync();
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Stranger").Test1(0, 0, 1, 1, 2, 2));

        using var evaluate = await server.Client.PostAsync($"/api/submissions/{submission["id"]}/evaluate", null, Cancellation);
        using var jobs = await server.Client.GetAsync("/organise/jobs", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.Unauthorized,
            "Organisers only",
            "Nothing was changed. Send an organiser's token with the scope organise, or sign in as an organiser."
        ).AssertAsync(evaluate);
        Assert.Equal(HttpStatusCode.Unauthorized, jobs.StatusCode);
    }

    /// <summary>Reads a gauge of one server. The Prometheus endpoint would return all servers of this process.</summary>
    private static double Observe(TestServer server, string name)
    {
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        server.Services.GetRequiredService<CoosMetrics>();
        double? value = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name == name)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, measured, _, _) => value = measured);
        listener.SetMeasurementEventCallback<double>((_, measured, _, _) => value = measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return Assert.NotNull(value);
    }
}
