using Coos.Server.Configuration;
using Coos.Server.Data.Backup;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>A restore would change all rows under a running server, so it is refused until the last server has ended.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-run-").FullName;
    private readonly TestDatabase _database = new();

    private string Backup => Path.Combine(_folder, "backup.db");

    private string[] Arguments => [$"--Coos:DataDirectory={Path.Combine(_folder, "data")}", .. _database.Arguments];

    [Fact]
    public async Task A_restore_is_refused_while_a_server_runs_and_allowed_after_it_was_killed()
    {
        var settings = SettingsReader.Read(new ConfigurationBuilder().AddCommandLine(Arguments).Build());
        await using var web = await ServerProcess.StartAsync([.. Arguments, "--Coos:Roles=web"]);
        await using var evaluator = await ServerProcess.StartAsync([.. Arguments, "--Coos:Roles=evaluator"]);
        await BackupFile.WriteAsync(settings, Backup, overwrite: false);

        var both = await AssertRefusedAsync(settings);
        await web.KillAsync();
        var one = await AssertRefusedAsync(settings);
        await evaluator.KillAsync();
        await RestoreAfterKillAsync(settings);

        Assert.Contains($"process {web.Id} (web)", both, StringComparison.Ordinal);
        Assert.Contains($"process {evaluator.Id} (evaluator)", both, StringComparison.Ordinal);
        Assert.DoesNotContain($"process {web.Id} ", one, StringComparison.Ordinal);
        Assert.Contains($"process {evaluator.Id} (evaluator)", one, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Stop ", one, StringComparison.Ordinal);

        // The restore releases the lock as well.
        await using var next = await ServerProcess.StartAsync([.. Arguments, "--Coos:Roles=web"]);
    }

    [Fact]
    public async Task A_stopped_server_releases_the_database()
    {
        await using var server = await TestServer.StartNewAsync();
        var settings = server.Settings;
        await BackupFile.WriteAsync(settings, Backup, overwrite: false);

        await AssertRefusedAsync(settings);
        await server.StopAsync();

        await Restore.RunAsync(settings, Backup, replace: true);
    }

    public void Dispose()
    {
        _database.Release();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> AssertRefusedAsync(CoosSettings settings) =>
        (await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(settings, Backup, replace: true))).Message;

    /// <summary>PostgreSQL notices the end of a killed process a moment later than the operating system.</summary>
    private async Task RestoreAfterKillAsync(CoosSettings settings)
    {
        for (var i = 0; TestDatabase.IsPostgres && i < 100; i++)
        {
            try
            {
                await Restore.RunAsync(settings, Backup, replace: true);
                return;
            }
            catch (BackupException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        await Restore.RunAsync(settings, Backup, replace: true);
    }
}
