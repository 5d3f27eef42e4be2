using System.CommandLine;
using Coos.Shared.Datasets;

namespace Coos.Cli.Data;

/// <summary>Runs a subcommand. The exit code is 0 on success; on failure it is 1, with one line on standard error.</summary>
internal static class DataAction
{
    /// <summary>Sets the action of a command.</summary>
    public static Command Runs(this Command command, Action<ParseResult, CancellationToken> action)
    {
        // On another thread, so that Ctrl-C is handled while the work is running.
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, action, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, Action<ParseResult, CancellationToken> action, CancellationToken cancellation)
    {
        try
        {
            action(parsed, cancellation);
            return 0;
        }
        catch (DatasetException fault)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
        }
        catch (OperationCanceledException)
        {
            parsed.InvocationConfiguration.Error.WriteLine("interrupted; run the same command again to resume");
        }

        return 1;
    }
}
