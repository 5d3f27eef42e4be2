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

/// <summary>Which labels count is what the database says, whatever came at once, was missed or what the clock does.</summary>
public sealed class LabelsInForceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Labels_that_come_at_once_are_the_same_in_memory_and_after_a_start()
    {
        await using var server = await OwnServer.StartedAsync();
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
    public async Task The_labels_that_came_last_count_after_a_start_though_the_clock_was_set_back()
    {
        await using var server = await OwnServer.WithoutEvaluatorAsync(_clock);
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
    public async Task A_start_does_not_say_that_labels_are_in_force_since_then()
    {
        await using var server = await OwnServer.WithoutEvaluatorAsync(_clock);
        var since = await SinceAsync(server);
        _clock.Advance(TimeSpan.FromDays(1));

        await server.StopAsync();
        await server.StartAsync("web", _clock);

        Assert.Equal(since, await SinceAsync(server));
    }

    /// <summary>NOTIFY is lost with its connection, and SQLite has none.</summary>
    [Fact]
    public async Task An_evaluator_that_was_not_told_of_new_labels_scores_with_them_all_the_same()
    {
        await using var server = await OwnServer.WithoutEvaluatorAsync(_clock);
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

    /// <summary>Puts labels of images a-0, a-1, ... in force.</summary>
    private static async Task ImportAsync(OwnServer server, string split, params int[] classes)
    {
        var text = "image_id,label\n" + string.Concat(classes.Select((k, i) => $"a-{i},{k}\n"));
        Assert.True(server.Services.GetRequiredService<BenchmarkCatalog>().TryGet(TinyBenchmark.Slug, out var folder));
        var labels = LabelFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), split, folder.Benchmark.ClassNames, new ProblemList());
        await server.Services.GetRequiredService<LabelImport>().ImportAsync(TinyBenchmark.Slug, split, labels!, Cancellation);
    }

    private static ActiveLabels Active(OwnServer server, string split)
    {
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, split, out var active));
        return active;
    }

    private static async Task<List<DateTime>> SinceAsync(OwnServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.LabelVersions.OrderBy(v => v.Id).Select(v => v.ActivatedAt).ToListAsync(Cancellation);
    }
}
