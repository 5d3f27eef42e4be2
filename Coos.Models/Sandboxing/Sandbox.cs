using System.Diagnostics.CodeAnalysis;
using Coos.Models.Protocol;

namespace Coos.Models.Sandboxing;

/// <summary>Runs models, each in a process of its own that can do nothing but compute.</summary>
public sealed class Sandbox
{
    /// <summary>How long the process may take until it is ready for a model.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly SandboxKind _kind;
    private readonly RunnerProgram _program;
    private readonly string _bubblewrap;

    private Sandbox(SandboxKind kind, RunnerProgram program, string bubblewrap) =>
        (_kind, _program, _bubblewrap) = (kind, program, bubblewrap);

    /// <summary>What is around the process.</summary>
    public SandboxKind Kind => _kind;

    /// <summary>Opens the sandbox and tries it: it starts a process, which must come up.</summary>
    /// <exception cref="SandboxException">It does not work on this machine; the message says why and what to do.</exception>
    public static Sandbox Open(SandboxKind kind)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new SandboxException("Models are run on Linux only.");
        }

        var bubblewrap = kind == SandboxKind.Bubblewrap ? FindBubblewrap() : "";
        var sandbox = new Sandbox(kind, RunnerProgram.Find(), bubblewrap);
        using var process = sandbox.StartRunner(new SandboxLimits(1L << 30, StartTime, 1), CancellationToken.None);
        return sandbox;
    }

    /// <summary>Loads a model and tries it on two made-up images.</summary>
    /// <param name="model">The model's file, from its beginning; as many bytes as <paramref name="request"/> says.</param>
    /// <param name="request">The shape of the images and the number of classes.</param>
    /// <param name="limits">What the whole run may use.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The model, ready for images.</returns>
    /// <exception cref="ModelException">The model cannot be run.</exception>
    /// <exception cref="SandboxException">The sandbox does not work.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The model disposes of the process.")]
    public RunningModel Load(Stream model, RunnerRequest request, SandboxLimits limits, CancellationToken cancellation)
    {
        var process = StartRunner(limits, cancellation);
        try
        {
            return RunningModel.Load(process, model, request, cancellation);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Starts the process and waits until its limits and its filter are in force.</summary>
    internal SandboxProcess StartRunner(SandboxLimits limits, CancellationToken cancellation)
    {
        var command = SandboxCommand.Create(_kind, _program, RunnerProgram.FileName, _bubblewrap, limits);
        var process = SandboxProcess.Start(command, StartTime, cancellation);
        try
        {
            if (Frames.ReadHeader(process.Output) != (FrameKind.Ready, 0))
            {
                throw new InvalidDataException("The runner did not begin with a ready frame.");
            }

            process.Allow(limits.Time);
            return process;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            var (code, errors) = process.WaitAsync().GetAwaiter().GetResult();
            process.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new SandboxException($"The sandbox does not start (exit code {code}): {Explain(errors)}", e);
        }
    }

    private static string Explain(string errors) =>
        errors.Contains("namespace", StringComparison.OrdinalIgnoreCase) || errors.Contains("uid map", StringComparison.OrdinalIgnoreCase)
            ? $"{errors.Trim()} The kernel forbids this user to make namespaces; allow it (sysctl kernel.unprivileged_userns_clone=1, or "
                + "kernel.apparmor_restrict_unprivileged_userns=0), or run the runner elsewhere."
            : errors.Trim();

    internal static string FindBubblewrap() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "bwrap"))
            .FirstOrDefault(File.Exists)
        ?? throw new SandboxException("bubblewrap (the program bwrap) is not installed; install the package bubblewrap.");
}
