using System.Net;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Data.Backup;
using Coos.Server.Scoring;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Postgres;

/// <summary>Several servers with different roles share one database.</summary>
public sealed class SharedDatabaseTests : IAsyncLifetime
{
    private const string Board = "/api/benchmarks/tiny/leaderboard";
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = $"--ConnectionStrings:Coos={await PostgresCluster.CreateEmptyDatabaseAsync()}";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Submissions_of_one_process_are_scored_by_two_others()
    {
        await using var web = new TestServer();
        await using var first = new TestServer();
        await using var second = new TestServer();
        await web.StartAsync("web", null, _database);
        await first.StartAsync("evaluator", null, _database);
        await second.StartAsync("evaluator", null, _database);

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => web.Client.SubmitAsync(UploadForm.Tiny($"Team {i}").Test1(0, 0, 1, 1, 2, i % 3)))
        );

        Assert.All(responses, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted, $"{a.StatusCode}"));
        await using var database = await web.OpenDatabaseAsync();
        var ours = database.Submissions.Where(s => s.Benchmark == TinyBenchmark.Slug);
        while (await ours.Unscored().AnyAsync(Cancellation))
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.Equal(20, await ours.CountAsync(s => s.Status == SubmissionStatus.Scored && s.Evaluations.Count == 1, Cancellation));
    }

    [Fact]
    public async Task A_process_that_only_scores_has_only_health_checks()
    {
        await using var server = new TestServer();
        await server.StartAsync("evaluator", null, _database);

        foreach (
            var (path, status) in new[]
            {
                ("/health/ready", HttpStatusCode.OK),
                ("/health/live", HttpStatusCode.OK),
                (Board, HttpStatusCode.NotFound),
                ("/", HttpStatusCode.NotFound),
            }
        )
        {
            using var response = await server.Client.GetAsync(path, Cancellation);
            Assert.Equal((path, status), (path, response.StatusCode));
        }
    }

    [Fact]
    public async Task A_score_appears_on_the_other_process_before_its_cache_expires()
    {
        await using var first = new TestServer();
        await using var second = new TestServer();
        await first.StartAsync("web,evaluator", null, _database);

        // The clock of this server stands still, so its cached leaderboard never expires: only a notification can replace it.
        await second.StartAsync("web", new FakeTimeProvider(TimeProvider.System.GetUtcNow()), _database);
        Assert.Equal(0, (int)(await second.Client.GetJsonAsync(Board))["total"]!);

        await first.Client.SubmitScoredAsync(UploadForm.Tiny("Seen elsewhere").Test1(0, 0, 1, 1, 2, 2));

        var start = TimeProvider.System.GetTimestamp();
        var total = 0;
        while (total == 0 && TimeProvider.System.GetElapsedTime(start) < WaitTimeout)
        {
            await Task.Delay(20, Cancellation);
            total = (int)(await second.Client.GetJsonAsync(Board))["total"]!;
        }

        Assert.Equal(1, total);
    }

    [Fact]
    public async Task A_form_of_one_process_is_accepted_by_the_other()
    {
        await using var first = new TestServer();
        await using var second = new TestServer();
        await first.StartAsync("web,evaluator", null, _database);
        await second.StartAsync("web,evaluator", null, _database);
        using var cookies = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(cookies) { BaseAddress = first.Client.BaseAddress };
        var form = await SubmitForm.OpenAsync(browser, TinyBenchmark.Slug);

        using var response = await form.Field("method", "Shared keys")
            .Field("submitter", "Two processes")
            .Test1(0, 0, 1, 1, 2, 2)
            .SendAsync(new Uri(second.Client.BaseAddress!, form.Address));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(1, (int)(await first.Client.GetJsonAsync(Board))["total"]!);
    }

    [Fact]
    public async Task Labels_imported_by_one_process_become_active_in_the_other()
    {
        await using var first = new TestServer();
        await using var second = new TestServer();
        await first.StartAsync("web,evaluator", null, _database);
        await second.StartAsync("web", new FakeTimeProvider(TimeProvider.System.GetUtcNow()), _database);
        var file = Path.Combine(first.Tiny, "new-labels.csv");
        await File.WriteAllTextAsync(file, "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,0\n", Cancellation);
        Assert.True(first.Services.GetRequiredService<BenchmarkCatalog>().TryGet(TinyBenchmark.Slug, out var folder));
        Split split = folder.Benchmark.FindSplit("test1")!;

        await first.Services.GetRequiredService<LabelImport>().ImportAsync(folder, split, new LabelSource(file, "changed"), Cancellation);

        var start = TimeProvider.System.GetTimestamp();
        while (HashOf(first) != HashOf(second) && TimeProvider.System.GetElapsedTime(start) < WaitTimeout)
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.Equal(HashOf(first), HashOf(second));
    }

    /// <summary>Unlike a leaderboard, labels do not expire: without this, missed ones would remain inactive until the next start.</summary>
    [Fact]
    public async Task Labels_imported_during_a_lost_connection_become_active_after_reconnecting()
    {
        await using var server = new TestServer();
        await server.StartAsync("web", null, _database);
        var old = HashOf(server);
        await using (var database = await server.OpenDatabaseAsync())
        {
            // What another process does, except for the notification.
            var row = await database
                .LabelVersions.AsNoTracking()
                .SingleAsync(v => v.Benchmark == TinyBenchmark.Slug && v.Split == "test2", Cancellation);
            database.Add(
                new Coos.Server.Data.LabelVersion
                {
                    Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                    Benchmark = row.Benchmark,
                    Split = "test1",
                    Hash = row.Hash,
                    Images = row.Images,
                    Content = row.Content,
                    ActivatedAt = row.ActivatedAt.AddMinutes(1),
                }
            );
            await database.SaveChangesAsync(Cancellation);
            await database.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                Cancellation
            );
        }

        var start = TimeProvider.System.GetTimestamp();
        while (HashOf(server) == old && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(20, Cancellation);
        }

        Assert.NotEqual(old, HashOf(server));
    }

    /// <summary>A database server that restarts ends the session that holds the run lock.</summary>
    [Fact]
    public async Task A_server_that_reconnects_still_prevents_a_restore()
    {
        using var folder = new TemporaryFolder();
        var backup = folder["backup.db"];
        await using var first = new TestServer();
        await using var second = new TestServer();
        await first.StartAsync("web", null, _database);
        await second.StartAsync("evaluator", null, _database);
        await BackupFile.WriteAsync(first.Settings, backup, overwrite: false);
        await second.StopAsync();
        await AssertRestoreIsRefusedAsync(first.Settings, backup);
        await using (var database = await first.OpenDatabaseAsync())
        {
            await database.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted",
                Cancellation
            );
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, Cancellation);
        await AssertRestoreIsRefusedAsync(first.Settings, backup);
        await first.StopAsync();

        await Restore.RunAsync(first.Settings, backup, replace: true);
    }

    [Fact]
    public async Task Processes_that_start_at_once_create_the_database_once()
    {
        TestServer[] servers = [new(), new(), new()];
        try
        {
            await Task.WhenAll(servers.Select(s => Task.Run(() => s.StartAsync("web,evaluator", null, _database), Cancellation)));

            await using var database = await servers[0].OpenDatabaseAsync();
            Assert.Empty(await database.Database.GetPendingMigrationsAsync(Cancellation));
            Assert.Equal(25 + 16, await database.ReportedResults.CountAsync(Cancellation));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Compressing them again would take the database longer than all other work on a submission.</summary>
    [Fact]
    public async Task Predictions_and_uploads_are_stored_without_compression()
    {
        await using var server = new TestServer();
        await server.StartAsync("web", null, _database);
        await using var database = await server.OpenDatabaseAsync();

        var kept = await database
            .Database.SqlQuery<string>(
                $"""
                SELECT c.relname || '.' || a.attname || ' ' || a.attstorage::text AS "Value"
                FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
                WHERE (c.relname, a.attname) IN
                    (('PredictionFiles', 'Classes'), ('OriginalUpload', 'Content'), ('UploadedSplits', 'Original'))
                ORDER BY 1
                """
            )
            .ToListAsync(Cancellation);

        Assert.Equal(["OriginalUpload.Content e", "PredictionFiles.Classes e", "UploadedSplits.Original e"], kept);
    }

    private static async Task AssertRestoreIsRefusedAsync(CoosSettings settings, string backup)
    {
        var problem = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(settings, backup, replace: true));
        Assert.Contains($"process {Environment.ProcessId} (web)", problem.Message, StringComparison.Ordinal);
    }

    private static string HashOf(TestServer server)
    {
        Assert.True(server.Services.GetRequiredService<LabelStore>().TryGet(TinyBenchmark.Slug, "test1", out var active));
        return active.Labels.Hash;
    }
}
