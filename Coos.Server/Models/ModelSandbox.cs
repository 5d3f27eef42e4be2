using Coos.Models.Sandboxing;
using Coos.Server.Configuration;
using Coos.Server.Problems;

namespace Coos.Server.Models;

/// <summary>The sandbox of this machine, opened and tried when it is first needed.</summary>
internal sealed partial class ModelSandbox(CoosSettings settings, ILogger<ModelSandbox> logger)
{
    private readonly Lazy<Result<Sandbox>> _sandbox = new(() => Open(settings.Models, logger));

    /// <summary>What a run may use.</summary>
    public SandboxLimits Limits => new(settings.Models.MemoryBytes, settings.Models.Time, settings.Models.Threads);

    /// <summary>Opens the sandbox.</summary>
    /// <returns>The sandbox, or why no model is run on this machine.</returns>
    public Result<Sandbox> Open() => _sandbox.Value;

    private static Result<Sandbox> Open(ModelSettings settings, ILogger logger)
    {
        if (!settings.IsEnabled)
        {
            return Refuse("This server does not run models (Coos:Models:Enabled is false).");
        }

        try
        {
            return Sandbox.Open(settings.IsSandboxed ? SandboxKind.Bubblewrap : SandboxKind.None);
        }
        catch (SandboxException e)
        {
            Log.NotAvailable(logger, e.Message);
            return Refuse(
                "This server cannot run models at the moment: its sandbox does not start. "
                    + "The organiser finds the cause in the server's log; docs/models.md tells what it needs."
            );
        }
    }

    private static Refusal Refuse(string detail) => new(RefusalKind.Conflict, "Models are not run here", $"{detail} Nothing was stored.");

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Warning, "Models are not run on this machine: {Reason}")]
        public static partial void NotAvailable(ILogger logger, string reason);
    }
}
