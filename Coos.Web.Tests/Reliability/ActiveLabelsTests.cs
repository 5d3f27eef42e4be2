using System.Text;
using Coos.Server.Benchmarks;
using Coos.Server.Scoring;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>The database decides which labels are active, despite concurrent imports, missed notifications and clock changes.</summary>
public sealed class ActiveLabelsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_imports_leave_the_same_labels_in_memory_and_after_a_restart()
    {
        await using var server = await TestServer.StartNewAsync();
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => ImportAsync(server, "test3", 0, 1, i % 3), Cancellation)));

            await using var database = await server.OpenDatabaseAsync();
            var newest = await database
                .LabelVersions.Where(v => v.Benchmark == TinyBenchmark.Slug && v.Split == "test3")
                .OrderByDescending(v => v.ActivatedAt)
                .FirstAsync(Cancellation);
            Assert.Equal(newest.Hash, Active(server, "test3").Labels.Hash);
        }
    }

    [Fact]
    public async Task The_last_imported_labels_are_active_after_a_restart_even_if_the_clock_was_set_back()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        await ImportAsync(server, "test3", 0, 1, 2);
        await server.StopAsync();
        await server.StartAsync("web", new FakeTimeProvider(_clock.GetUtcNow().AddHours(-1)));
        await ImportAsync(server, "test3", 0, 1, 1);
        var last = Active(server, "test3").Labels.Hash;

        await server.StopAsync();
        await server.StartAsync("web", _clock);

        Assert.Equal(last, Active(server, "test3").Labels.Hash);
    }

    [Fact]
    public async Task A_restart_does_not_change_the_time_since_when_labels_are_active()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        var since = await ReadActivationTimesAsync(server);
        // Without ticks: timers of seconds would fire thousands of times.
        _clock.AdjustTime(_clock.GetUtcNow().AddDays(1));

        await server.StopAsync();
        await server.StartAsync("web", _clock);

        Assert.Equal(since, await ReadActivationTimesAsync(server));
    }

    /// <summary>A NOTIFY is lost if the connection breaks, and SQLite has no notifications.</summary>
    [Fact]
    public async Task An_evaluator_that_missed_a_notification_uses_the_new_labels()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(_clock);
        await Task.WhenAll(server.Services.GetServices<IHostedService>().OfType<ChangeListener>().Select(l => l.StopAsync(Cancellation)));
        var old = Active(server, "test1");
        await ImportAsync(server, "test1", 0, 0, 1, 1, 2, 0);
        server.Services.GetRequiredService<LabelStore>().Set(TinyBenchmark.Slug, "test1", old);
        var id = await SubmissionRow.InsertAsync(server);
        var evaluator = server.Services.GetRequiredService<EvaluationService>();

        await evaluator.ScoreAsync(id, Cancellation);
        Assert.Equal(
            (SubmissionStatus.Received, 0),
            ((await SubmissionRow.FindAsync(server, id)).Status, (await SubmissionRow.FindAsync(server, id)).Evaluations.Count)
        );
        await evaluator.ScoreAsync(id, Cancellation);

        Assert.NotEqual(old.Labels.Hash, Active(server, "test1").Labels.Hash);
        Assert.Equal(SubmissionStatus.Scored, (await SubmissionRow.FindAsync(server, id)).Status);
        var scored = await server.Client.GetJsonAsync($"/api/submissions/{id}");
        Assert.Equal(1 / 9.0, (double)scored["evaluation"]!["splits"]![0]!["balancedError"]!, 1e-12);
    }

    /// <summary>Imports labels of the images a-0, a-1, ...</summary>
    private static async Task ImportAsync(TestServer server, string split, params int[] classes)
    {
        var text = "image_id,label\n" + string.Concat(classes.Select((k, i) => $"a-{i},{k}\n"));
        Assert.True(server.Services.GetRequiredService<BenchmarkCatalog>().TryGet(TinyBenchmark.Slug, out var folder));
        var labels = LabelFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), split, folder.Benchmark.ClassNames, new ProblemList());
        await server.Services.GetRequiredService<LabelImport>().ImportAsync(folder.Benchmark, split, labels!, Cancellation);
    }

    private static ActiveLabels Active(TestServer server, string split)
    {
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, split, out var active));
        return active;
    }

    private static async Task<List<DateTime>> ReadActivationTimesAsync(TestServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.LabelVersions.OrderBy(v => v.Id).Select(v => v.ActivatedAt).ToListAsync(Cancellation);
    }
}
