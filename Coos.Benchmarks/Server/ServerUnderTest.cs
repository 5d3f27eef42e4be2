using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coos.Benchmarks.Server;

/// <summary>The built server in a process of its own, on a free loopback port, with an empty data folder and a benchmark of COOS-7's test sizes.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private ServerUnderTest(string folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A client of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>The memory of the process that is in RAM, in bytes.</summary>
    public long WorkingSet => StatusField("VmRSS");

    /// <summary>The most memory that was in RAM since <see cref="ResetPeak"/>, in bytes.</summary>
    public long PeakWorkingSet => StatusField("VmHWM");

    /// <summary>Where the built server is, by default.</summary>
    public static string DefaultDll()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Coos.sln")))
            {
                return Path.Combine(folder.FullName, "Coos.Web", "bin", "Release", "net10.0", "Coos.Web.dll");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "Coos.Web.dll");
    }

    /// <summary>Starts the server and waits until it is ready.</summary>
    /// <param name="dll">Coos.Web.dll.</param>
    /// <param name="benchmark">A benchmark folder.</param>
    /// <exception cref="InvalidOperationException">The server does not come up.</exception>
    public static async Task<ServerUnderTest> StartAsync(string dll, string benchmark)
    {
        var folder = Directory.CreateTempSubdirectory("coos-server-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}/");
        var start = new ProcessStartInfo("dotnet", [dll])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["Coos__DataDirectory"] = folder,
                ["Coos__BenchmarksDirectory"] = Path.GetDirectoryName(benchmark),
                ["Coos__Access__Submissions"] = "Open",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ServerUnderTest(folder, process, address);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Forgets the peak so far (Linux: 5 written to clear_refs).</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/clear_refs", "5");

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        for (var attempt = 0; attempt < 300 && !_process.HasExited; attempt++)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException("the server did not become ready");
    }

    private long StatusField(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
