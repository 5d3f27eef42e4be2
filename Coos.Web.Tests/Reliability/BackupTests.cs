using System.Data.Common;
using System.Globalization;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Data.Backup;
using Coos.Server.Scoring;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Restoring a backup of a running server gives the same rows, in either database system.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-backup-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder, "backup.db");

    [Fact]
    public async Task Every_row_is_restored()
    {
        await using var server = await TestServer.StartNewAsync();
        await AddDataAsync(server);
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);
        var expected = await ReadRowsAsync(server.Settings);
        await using var other = new TestServer();
        await other.StartAsync("web");
        await other.StopAsync();

        await Restore.RunAsync(other.Settings, Backup, replace: false);

        Assert.Equal(expected, await ReadRowsAsync(other.Settings));
        Assert.Contains(expected, row => row.StartsWith("Evaluations ", StringComparison.Ordinal));
        Assert.Contains(expected, row => row.StartsWith("DataProtectionKeys ", StringComparison.Ordinal));
        await other.StartAsync();
        await AssertUsableAsync(other);
    }

    [Fact]
    public async Task A_server_can_run_on_a_backup()
    {
        await using var server = await TestServer.StartNewAsync();
        await AddDataAsync(server);
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);
        var expected = await ReadRowsAsync(server.Settings);

        var onFile = Settings($"Data Source={Path.Combine(_folder, "new.db")};Pooling=false");
        await Restore.RunAsync(onFile, Backup, replace: false);

        Assert.Equal(expected, await ReadRowsAsync(onFile));
    }

    [Fact]
    public async Task A_backup_during_submissions_is_consistent()
    {
        await using var server = await TestServer.StartNewAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var load = Task.Run(
            async () =>
            {
                for (var i = 0; !end.IsCancellationRequested; i++)
                {
                    await server.Client.SubmitScoredAsync(UploadForm.Tiny($"Busy {i}").Test1(0, 0, 1, 1, 2, i % 3));
                }
            },
            Cancellation
        );
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Before").Test1(0, 0, 1, 1, 2, 2));
        await Task.Delay(300, Cancellation);

        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);
        await end.CancelAsync();
        await load;

        await using var file = new SqliteConnection($"Data Source={Backup};Pooling=false");
        await file.OpenAsync(Cancellation);
        BackupSeal.Check(file, "backup");
        await using var database = BackupFile.Open(file);
        Assert.True(await database.Submissions.AnyAsync(s => s.Benchmark == TinyBenchmark.Slug, Cancellation));
        Assert.False(await database.Submissions.AnyAsync(s => s.Benchmark == TinyBenchmark.Slug && s.Files.Count != 1, Cancellation));
        Assert.False(await database.PredictionFiles.AnyAsync(f => f.Original == null, Cancellation));
        Assert.False(await database.Evaluations.AnyAsync(e => e.Splits.Count == 0, Cancellation));
    }

    [Fact]
    public async Task A_database_with_submissions_is_replaced_only_on_request()
    {
        await using var server = await TestServer.StartNewAsync();
        await AddDataAsync(server);
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);
        var expected = await ReadRowsAsync(server.Settings);
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Later").Test1(2, 2, 1, 1, 0, 0));
        await server.StopAsync();

        var refused = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(server.Settings, Backup, replace: false));
        Assert.Equal(
            "The database already contains submissions, which the backup would replace; back it up first, then add --replace",
            refused.Message
        );
        Assert.NotEqual(expected, await ReadRowsAsync(server.Settings));

        await Restore.RunAsync(server.Settings, Backup, replace: true);
        Assert.Equal(expected, await ReadRowsAsync(server.Settings));
    }

    [Fact]
    public async Task Invalid_and_truncated_files_are_rejected_without_changes()
    {
        await using var server = await TestServer.StartNewAsync();
        await AddDataAsync(server);
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);
        var whole = await File.ReadAllBytesAsync(Backup, Cancellation);
        var before = await ReadRowsAsync(server.Settings);

        foreach (var (name, bytes, why) in CreateDamagedFiles(whole))
        {
            var path = Path.Combine(_folder, name);
            await File.WriteAllBytesAsync(path, bytes, Cancellation);
            var problem = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(server.Settings, path, replace: true));
            Assert.StartsWith(path + ": ", problem.Message, StringComparison.Ordinal);
            Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(server.Settings, Path.Combine(_folder, "missing"), replace: true));
        Assert.Equal(before, await ReadRowsAsync(server.Settings));
    }

    [Fact]
    public async Task Changed_rows_and_newer_versions_are_detected()
    {
        await using var server = await TestServer.StartNewAsync();
        await AddDataAsync(server);
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: false);

        await ExecuteAsync("UPDATE SplitScores SET Loss = 0");
        var changed = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(server.Settings, Backup, replace: true));
        Assert.Contains("was changed after it was written: table SplitScores has ", changed.Message, StringComparison.Ordinal);

        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99'); DROP TABLE CoosBackup");
        await using (var file = await OpenAsync())
        {
            BackupSeal.Write(file);
        }

        var newer = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(server.Settings, Backup, replace: true));
        Assert.Contains(
            "was made by another version (its database has the migration 29990101000000_Future)",
            newer.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_existing_file_is_not_overwritten()
    {
        await using var server = await TestServer.StartNewAsync();
        await File.WriteAllTextAsync(Backup, "precious", Cancellation);

        await Assert.ThrowsAsync<BackupException>(() => BackupFile.WriteAsync(server.Settings, Backup, overwrite: false));
        Assert.Equal("precious", await File.ReadAllTextAsync(Backup, Cancellation));
        await BackupFile.WriteAsync(server.Settings, Backup, overwrite: true);

        Assert.Equal(["backup.db"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<(string Name, byte[] Bytes, string Why)> CreateDamagedFiles(byte[] whole)
    {
        yield return ("empty", [], "is not a COOS backup");
        yield return ("text", [.. "not a database, but long enough to look like one"u8], "is not a COOS backup");
        yield return ("half", whole[..(whole.Length / 2)], "");
        yield return ("short", whole[..^4096], "");
        yield return ("header", whole[..4096], "");
        byte[] flipped = [.. whole];
        flipped[whole.AsSpan().IndexOf("\"quotes\""u8)] ^= 1;
        yield return ("flipped", flipped, "");
    }

    /// <summary>Creates scored submissions, a failed one, keys and reported results.</summary>
    private static async Task AddDataAsync(TestServer server)
    {
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("First, with \"quotes\" and \u00fcmlauts").Test1(0, 0, 1, 1, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Second").Test1(0, 1, 1, 2, 2, 2));
        var failed = await SubmissionRow.InsertAsync(server, s => s.Status = SubmissionStatus.Failed);
        await SubmitForm.OpenAsync(server.Client, TinyBenchmark.Slug);

        // The bundled baselines are scored in the meantime.
        await using var database = await server.OpenDatabaseAsync();

        // It failed with the active labels, so no server retries it.
        var version = ActiveLabelVersions.VersionFor(server.Services.GetRequiredService<LabelStore>(), TinyBenchmark.Slug, ["test1"]);
        await database
            .Submissions.Where(s => s.Id == failed)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.FailedVersion, version), Cancellation);
        while (await database.Submissions.Unscored().AnyAsync(Cancellation))
        {
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task AssertUsableAsync(TestServer server)
    {
        Assert.Equal(2, (int)(await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("After").Test1(2, 0, 1, 1, 2, 2));
        Assert.Equal("scored", (string?)submission["status"]);
    }

    private CoosSettings Settings(string connection) =>
        SettingsReader.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?> { ["Coos:DataDirectory"] = _folder, ["ConnectionStrings:Coos"] = connection }
                )
                .Build()
        );

    /// <summary>Reads every value of every row of every table as text.</summary>
    private static async Task<List<string>> ReadRowsAsync(CoosSettings settings)
    {
        await using var database = BackupFile.CreateContext(settings);
        await database.Database.OpenConnectionAsync(Cancellation);
        DbConnection connection = database.Database.GetDbConnection();
        var rows = new List<string>();
        foreach (var table in TableShape.ListAll(database))
        {
            await foreach (var row in table.ReadAsync(connection, null))
            {
                rows.Add($"{table.Name} {string.Join(" | ", row.Select(Text))}");
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private async Task<SqliteConnection> OpenAsync()
    {
        var file = new SqliteConnection($"Data Source={Backup};Pooling=false");
        await file.OpenAsync(Cancellation);
        return file;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var file = await OpenAsync();
        await using var database = BackupFile.Open(file);
        await database.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }
}
