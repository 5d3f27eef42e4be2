using System.CommandLine;
using Coos.Shared.Datasets;

namespace Coos.Cli.Data;

/// <summary>Runs a subcommand: 0 when it is done, 1 and one line on standard error when it cannot be.</summary>
internal static class DataAction
{
    /// <summary>Makes a command do something.</summary>
    public static Command Does(this Command command, Action<ParseResult, CancellationToken> action)
    {
        // On another thread: Ctrl-C is delivered while the work goes on.
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
            parsed.InvocationConfiguration.Error.WriteLine("interrupted; the same command takes it up again");
        }

        return 1;
    }
}
