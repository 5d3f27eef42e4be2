using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coos.Testing;

namespace Coos.Measurements.Server;

/// <summary>The built server in a separate process, on a free loopback port, with a data folder and a benchmark folder.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private const int MaxLogLines = 10_000;

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ServerUnderTest(ServerOptions options, string folder, Process process, Uri address)
    {
        (_folder, _ownsFolder, _process) = (folder, options.DataFolder is null, process);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        process.OutputDataReceived += (_, line) => AddLogLine(line.Data);
        process.ErrorDataReceived += (_, line) => AddLogLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>A client of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>The log of the server: warnings and errors.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>The resident memory of the process, in bytes.</summary>
    public long WorkingSet => ReadStatusField("VmRSS");

    /// <summary>The peak resident memory since <see cref="ResetPeak"/>, in bytes.</summary>
    public long PeakWorkingSet => ReadStatusField("VmHWM");

    /// <summary>The processor time of the server.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Gets the default path of the built server.</summary>
    public static string GetDefaultDll() => Path.Combine(Checkout.Folder, "Coos.Web", "bin", "Release", "net10.0", "Coos.Web.dll");

    /// <summary>Starts the server with a temporary data folder and waits until it is ready.</summary>
    /// <param name="dll">The path of Coos.Web.dll.</param>
    /// <param name="benchmark">The benchmark folder.</param>
    /// <exception cref="InvalidOperationException">The server did not become ready.</exception>
    public static Task<ServerUnderTest> StartAsync(string dll, string benchmark) => StartAsync(new ServerOptions(dll, benchmark));

    /// <summary>Starts the server and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">The server did not become ready.</exception>
    public static async Task<ServerUnderTest> StartAsync(ServerOptions options)
    {
        var server = Launch(options);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Starts the server without waiting.</summary>
    public static ServerUnderTest Launch(ServerOptions options)
    {
        var folder = options.DataFolder ?? Directory.CreateTempSubdirectory("coos-server-").FullName;
        var address = new Uri($"http://127.0.0.1:{FindFreePort().ToString(CultureInfo.InvariantCulture)}/");
        var start = new ProcessStartInfo("dotnet", [options.Dll])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["Coos__DataDirectory"] = folder,
                ["Coos__BenchmarksDirectory"] = Path.GetDirectoryName(options.Benchmark),
                ["Coos__Roles"] = options.Roles,
                ["Coos__Access__Submissions"] = "Open",
                ["ConnectionStrings__Coos"] = options.ConnectionString,
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        foreach (var (name, value) in options.Settings)
        {
            start.Environment[name] = value;
        }

        return new ServerUnderTest(
            options,
            folder,
            Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started"),
            address
        );
    }

    /// <summary>Waits until the server accepts requests.</summary>
    /// <exception cref="InvalidOperationException">The server did not become ready.</exception>
    public async Task WaitUntilReadyAsync()
    {
        for (var attempt = 0; attempt < 1200 && !_process.HasExited; attempt++)
        {
            try
            {
                using var response = await Client.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new InvalidOperationException($"the server did not become ready:\n{string.Join('\n', _log)}");
    }

    /// <summary>Resets the peak memory (on Linux, by writing 5 to clear_refs).</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/clear_refs", "5");

    /// <summary>Ends the process immediately, like kill -9.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Kill();
        _process.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void AddLogLine(string? line)
    {
        if (line is not null && _log.Count < MaxLogLines)
        {
            _log.Enqueue(line);
        }
    }

    private long ReadStatusField(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status")
            .First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
