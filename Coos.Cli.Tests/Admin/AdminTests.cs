namespace Coos.Cli.Tests.Admin;

/// <summary><c>coos admin</c> on a real database; the content of backups is tested with the server.</summary>
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
        Assert.Equal(
            $"coos: {database}: there is no such database; is Coos:DataDirectory or ConnectionStrings:Coos the server's?",
            error.Trim()
        );
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
        Assert.StartsWith($"coos: {file}: is no backup of COOS", error, StringComparison.Ordinal);
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
        Assert.Equal("coos: Coos:Roles: \"judge\" is not a role; allowed: web, evaluator", error.Trim());
    }

    [Fact]
    public async Task A_missing_server_program_is_reported()
    {
        var (exit, _, error) = await Support.Cli.RunAsync("admin", "backup", "x.db", "--server-program", "/nowhere/Coos.Web.dll");

        Assert.Equal(1, exit);
        Assert.Equal("coos: /nowhere/Coos.Web.dll does not exist; name the server's program with --server-program PATH", error.Trim());
    }
}
