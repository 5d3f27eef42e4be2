namespace Coos.Cli.Tests.Admin;

/// <summary>Runs <c>coos admin</c> on a real database; the server's tests check the content of backups.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task Backup_fails_if_the_database_is_missing()
    {
        using var folder = new TemporaryFolder();

        var (exit, output, error) = await Support.Cli.RunAsync(
            "admin",
            "backup",
            Path.Combine(folder.Path, "backup.db"),
            $"--Coos:DataDirectory={folder.Path}"
        );

        Assert.Equal((1, ""), (exit, output));
        var database = Path.Combine(folder.Path, "coos.db");
        Assert.Equal($"coos: {database}: this database does not exist; check Coos:DataDirectory and ConnectionStrings:Coos", error.Trim());
        Assert.False(File.Exists(Path.Combine(folder.Path, "backup.db")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "coos.db")));
    }

    [Fact]
    public async Task Restore_rejects_a_file_that_is_not_a_backup()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "notes.txt");
        await File.WriteAllTextAsync(file, "not a backup", TestContext.Current.CancellationToken);

        var (exit, _, error) = await Support.Cli.RunAsync("admin", "restore", file, $"--Coos:DataDirectory={folder.Path}");

        Assert.Equal(1, exit);
        Assert.StartsWith($"coos: {file}: is not a COOS backup", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_reported_by_name()
    {
        using var folder = new TemporaryFolder();

        var (exit, _, error) = await Support.Cli.RunAsync(
            "admin",
            "backup",
            Path.Combine(folder.Path, "backup.db"),
            $"--Coos:DataDirectory={folder.Path}",
            "--Coos:Roles=judge"
        );

        Assert.Equal(1, exit);
        Assert.Equal("coos: Coos:Roles: \"judge\" is not a role; allowed: web, evaluator, runner", error.Trim());
    }

    [Fact]
    public async Task A_missing_server_program_is_reported()
    {
        var (exit, _, error) = await Support.Cli.RunAsync("admin", "backup", "x.db", "--server-program", "/nowhere/Coos.Web.dll");

        Assert.Equal(1, exit);
        Assert.Equal("coos: /nowhere/Coos.Web.dll does not exist; specify the server's program with --server-program PATH", error.Trim());
    }
}
