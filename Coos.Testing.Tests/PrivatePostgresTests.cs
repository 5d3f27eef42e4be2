using System.Diagnostics;

namespace Coos.Testing.Tests;

/// <summary>A private PostgreSQL server does not outlive its process.</summary>
public sealed class PrivatePostgresTests
{
    private const string ConnectionFileVariable = "COOS_TEST_CONNECTION_FILE";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposing_stops_the_server_and_deletes_its_folder()
    {
        var server = await StartAsync();
        var folder = FolderOf(await server.CreateDatabaseAsync());
        Assert.True(File.Exists(Path.Combine(folder, "data", "postmaster.pid")));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_server_stops_when_its_process_is_killed()
    {
        await (await StartAsync()).DisposeAsync();
        using var files = new TemporaryFolder();
        var connectionFile = files["connection"];
        using var child = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(PrivatePostgresTests).Assembly.Location,
                    "-explicit",
                    "only",
                    "-method",
                    $"*.{nameof(Holds_a_server_until_it_is_killed)}",
                ]
            )
            {
                RedirectStandardOutput = true,
                Environment = { [ConnectionFileVariable] = connectionFile },
            }
        )!;
        await WaitUntilAsync(() => File.Exists(connectionFile));
        var folder = FolderOf(await File.ReadAllTextAsync(connectionFile, Cancellation));
        var server = (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "postmaster.pid"), Cancellation))[0];
        Assert.True(IsRunning(server));

        child.Kill();

        await WaitUntilAsync(() => !Directory.Exists(folder));
        Assert.False(IsRunning(server));
    }

    /// <summary>Runs in the process that the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_a_server_until_it_is_killed()
    {
        var connectionFile =
            Environment.GetEnvironmentVariable(ConnectionFileVariable)
            ?? throw new InvalidOperationException($"Another test runs this one with {ConnectionFileVariable} set.");
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(connectionFile + ".part", await server.CreateDatabaseAsync(), Cancellation);
        File.Move(connectionFile + ".part", connectionFile);
        await Task.Delay(Timeout.Infinite, Cancellation);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition() && waited.Elapsed < Limit)
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.True(condition());
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        try
        {
            return await PrivatePostgres.StartAsync(durable: false);
        }
        catch (InvalidOperationException e)
        {
            Assert.Skip($"No PostgreSQL: {e.Message}");
            throw;
        }
    }

    /// <summary>A terminated process that is still listed has no command line.</summary>
    private static bool IsRunning(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string FolderOf(string connection) =>
        connection.Split(';').Single(p => p.StartsWith("Host=", StringComparison.Ordinal))["Host=".Length..];
}
