using System.ComponentModel;
using System.Diagnostics;

namespace Coos.Testing;

/// <summary>
/// A PostgreSQL server of this process alone: made in a temporary folder from the binaries of this machine and reached by a
/// socket in that folder only. It ends with this process, however that ends. Tests and measurements use it.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "coos";
    private const string OtherUser = "postgres";

    // Reads a pipe that this process holds, so it notices the end of this process even after kill -9. It has a session of its
    // own and ignores signals: a signal to this process's group must not stop it before it has stopped the server.
    private const string WatcherScript =
        """trap '' INT TERM HUP; cd / && cat >/dev/null; folder=$1; shift; "$@" >/dev/null 2>&1; rm -rf "$folder" """;

    private readonly string _folder;
    private readonly Process _watcher;
    private int _databases;

    private PrivatePostgres(string folder)
    {
        _folder = folder;
        var (program, arguments) = AsUser("pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", Data);
        _watcher = Process.Start(
            new ProcessStartInfo("setsid", ["/bin/sh", "-c", WatcherScript, "sh", folder, program, .. arguments])
            {
                RedirectStandardInput = true,
            }
        )!;
    }

    private static string? Binaries =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes and starts a server.</summary>
    /// <param name="durable">
    /// Whether all is as it is installed: a commit waits for the disk, and there are a hundred connections. Tests need not wait,
    /// and run many servers at once.
    /// </param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PrivatePostgres> StartAsync(bool durable)
    {
        if (Binaries is null)
        {
            throw new InvalidOperationException("PostgreSQL is not installed: install the package postgresql");
        }

        var server = new PrivatePostgres(Directory.CreateTempSubdirectory("coos-pg-").FullName);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                // The server refuses to run as root; the package made a user for it.
                await RunAsync("chown", OtherUser, server._folder);
            }

            await RunAsUserAsync(
                "initdb",
                "--pgdata",
                server.Data,
                "--username",
                Superuser,
                "--auth",
                "trust",
                "--encoding",
                "UTF8",
                "--locale",
                "C.UTF-8",
                "--no-sync"
            );
            var options =
                $"-c listen_addresses= -c unix_socket_directories={server._folder}"
                + (durable ? "" : " -c fsync=off -c max_connections=400");
            await RunAsUserAsync(
                "pg_ctl",
                "start",
                "--wait",
                "--pgdata",
                server.Data,
                "--log",
                Path.Combine(server._folder, "log"),
                "--options",
                options
            );
            return server;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"PostgreSQL does not start: {e.Message}", e);
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"coos{Interlocked.Increment(ref _databases)}";
        await RunAsync(Path.Combine(Binaries!, "createdb"), "--host", _folder, "--username", Superuser, name);
        return $"Host={_folder};Username={Superuser};Database={name}";
    }

    /// <summary>Stops the server and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync();
        _watcher.Dispose();
    }

    private static Task RunAsUserAsync(string program, params string[] arguments)
    {
        (program, arguments) = AsUser(program, arguments);
        return RunAsync(program, arguments);
    }

    /// <summary>The command that runs one of PostgreSQL's programs as a user whom the server accepts.</summary>
    private static (string Program, string[] Arguments) AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid", OtherUser, "--regid", OtherUser, "--init-groups", path, .. arguments])
            : (path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // PostgreSQL inherits what it is started with, so nothing of that may be a pipe that is read to its end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cd / && exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}");
        }
    }
}
