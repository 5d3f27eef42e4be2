using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Coos.Models.Sandboxing;

/// <summary>
/// A process in the sandbox. It is ended when this process ends, when its time is over, and when it is disposed of.
/// </summary>
/// <remarks>
/// The process dies with the <em>thread</em> that started it (<c>PR_SET_PDEATHSIG</c>), so a thread of its own starts it and waits for it.
/// </remarks>
internal sealed class SandboxProcess : IDisposable
{
    private const int KeptErrors = 2000;

    private readonly Process _process;
    private readonly Timer _deadline;
    private readonly Task<string> _errors;
    private readonly CancellationTokenRegistration _cancellation;
    private int _isLate;

    private SandboxProcess(Process process, TimeSpan time, CancellationToken cancellation)
    {
        _process = process;
        _errors = Task.Run(ReadErrorsAsync, CancellationToken.None);
        _deadline = new Timer(_ => EndLate(), null, time, Timeout.InfiniteTimeSpan);
        _cancellation = cancellation.Register(Kill);
    }

    /// <summary>The pipe to the process.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The pipe from the process.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Whether it was ended because its time was over.</summary>
    public bool IsLate => Volatile.Read(ref _isLate) != 0;

    /// <summary>Starts a process.</summary>
    /// <param name="command">The command.</param>
    /// <param name="time">How long it may run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SandboxException">It cannot be started.</exception>
    public static SandboxProcess Start(ProcessStartInfo command, TimeSpan time, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => StartAndWait(command, started)) { IsBackground = true, Name = "model" };
        thread.Start();
        try
        {
            return new SandboxProcess(started.Task.GetAwaiter().GetResult(), time, cancellation);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new SandboxException($"{command.FileName} cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Lets it run for so long from now on.</summary>
    public void Allow(TimeSpan time) => _deadline.Change(time, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its exit code, and the beginning of what it wrote to standard error: for the server's log only.</returns>
    public async Task<(int Code, string Errors)> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Ends the process.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        _deadline.Dispose();
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The one who waits for the start disposes of it.")]
    private static void StartAndWait(ProcessStartInfo command, TaskCompletionSource<Process> started)
    {
        var process = new Process { StartInfo = command };
        try
        {
            process.Start();
            started.SetResult(process);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            process.Dispose();
            started.SetException(e);
            return;
        }

        try
        {
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It was disposed of, after its end.
        }
    }

    private void EndLate()
    {
        Volatile.Write(ref _isLate, 1);
        Kill();
    }

    private async Task<string> ReadErrorsAsync()
    {
        var (kept, buffer) = (new char[KeptErrors], new char[KeptErrors]);
        var (length, read) = (0, 0);
        try
        {
            while ((read = await _process.StandardError.ReadAsync(buffer)) > 0)
            {
                var more = Math.Min(read, KeptErrors - length);
                buffer.AsSpan(0, more).CopyTo(kept.AsSpan(length));
                length += more;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was ended; what was read is kept.
        }

        return new string(kept, 0, length);
    }
}
