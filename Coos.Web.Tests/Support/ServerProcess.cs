using System.Diagnostics;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>The server in its own process, which a test can kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _output = new();

    /// <summary>The lines that it has written to its standard output.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server on a free port, and waits until it accepts requests. It runs no models by default.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        // The output folders of tests and server have the same relative path, such as bin/Release/net10.0.
        var target = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Checkout.Folder, "Coos.Web", "bin", target.Parent!.Name, target.Name, "Coos.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", "--Coos:Models:Enabled=false", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var server = new ServerProcess(process);
        var output = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => OnLine(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => OnLine(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await started.Task.WaitAsync(StartTimeout, TimeProvider.System, TestContext.Current.CancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        void OnLine(string? line, bool isOutput)
        {
            if (line is not null && isOutput)
            {
                server._output.Enqueue(line);
            }

            if (line is null && isOutput)
            {
                started.TrySetException(new InvalidOperationException($"{program} ended:\n{string.Join('\n', output)}"));
            }
            else if (line?.Contains("Now listening on", StringComparison.Ordinal) is true)
            {
                started.TrySetResult();
            }
            else if (line is not null)
            {
                output.Enqueue(line);
            }
        }
    }

    /// <summary>Kills the process, as kill -9 does, and waits for its end.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
