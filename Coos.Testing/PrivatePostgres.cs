using System.ComponentModel;
using System.Diagnostics;

namespace Coos.Testing;

/// <summary>
/// A PostgreSQL server for this process only, created in a temporary folder from the installed binaries. It listens only on a
/// socket in that folder, and stops with this process, even if it is killed. Tests and measurements use it.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "coos";
    private const string OtherUser = "postgres";

    // The watcher reads a pipe of this process, so it notices the end of this process even after kill -9. It has its own session
    // and ignores signals, because a signal to the process group must not stop it before it has stopped the server.
    private const string WatcherScript =
        """trap '' INT TERM HUP; cd / && cat >/dev/null; folder=$1; shift; "$@" >/dev/null 2>&1; rm -rf "$folder" """;

    /// <summary>
    /// Settings for many small databases that live for seconds. A backend is a process: the less shared memory it maps, the less its
    /// start and end cost. No page needs to survive a crash.
    /// </summary>
    private const string QuickOptions =
        " -c max_connections=400 -c shared_buffers=32MB -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        + " -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off";

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

    /// <summary>Creates and starts a server.</summary>
    /// <param name="durable">
    /// Whether to keep the default settings: commits wait for the disk, and there are 100 connections. Tests do not need durable
    /// commits, and need more connections because they run many servers at once.
    /// </param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or fails to start.</exception>
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
                // PostgreSQL refuses to run as root, so it runs as the user that its package created.
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
            var options = $"-c listen_addresses= -c unix_socket_directories={server._folder}" + (durable ? "" : QuickOptions);
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
            throw new InvalidOperationException($"PostgreSQL failed to start: {e.Message}", e);
        }
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>The connection string.</returns>
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

    /// <summary>Returns the command that runs a PostgreSQL program as a user that the server accepts.</summary>
    private static (string Program, string[] Arguments) AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid", OtherUser, "--regid", OtherUser, "--init-groups", path, .. arguments])
            : (path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // PostgreSQL inherits the standard streams. A pipe would stay open and block its reader, so all are redirected.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cd / && exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed with exit code {process.ExitCode}");
        }
    }
}
