using System.CommandLine;
using System.CommandLine.Parsing;

namespace Coos.Cli;

/// <summary>Runs the command line.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command that succeeded.</summary>
    public const int Done = 0;

    /// <summary>The exit code of a command that failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code for wrong arguments.</summary>
    public const int WrongArguments = 2;

    /// <summary>How long Ctrl-C waits for work to stop cleanly; on a busy machine the default of two seconds is too short.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives problems.</param>
    /// <param name="environment">The HTTP handler and polling settings.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CliEnvironment environment)
    {
        var result = CoosCommand.Create(environment).Parse(args);
        if (result.Errors.Count > 0)
        {
            // The help is not printed here: it would hide what is wrong.
            foreach (var problem in result.Errors)
            {
                await error.WriteLineAsync($"coos: {problem.Message}");
            }

            await error.WriteLineAsync($"coos: see {Name(result)} --help");
            return WrongArguments;
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        try
        {
            return await result.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("coos: cancelled");
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"coos: {e.Message}");
            return Failed;
        }
    }

    /// <summary>The full name of the command, for example <c>coos data unpack</c>.</summary>
    private static string Name(ParseResult result)
    {
        var name = "";
        for (SymbolResult? part = result.CommandResult; part is CommandResult { Command: not RootCommand } command; part = command.Parent)
        {
            name = $" {command.Command.Name}{name}";
        }

        return "coos" + name;
    }
}
