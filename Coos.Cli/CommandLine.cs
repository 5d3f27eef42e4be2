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

    /// <summary>What the help calls the value of an option or argument that is a path.</summary>
    private static readonly string[] PathNames = ["FILE", "FILES", "DIR", "PATH", "CSV", "FOLDER"];

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
        try
        {
            return await ParseAndRunAsync(args, output, error, environment);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("coos: cancelled");
            return Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"coos: {OneLine(e.Message)}");
            return Failed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of this program. Its stack trace would tell its user nothing, and hide the one line that does.
            await error.WriteLineAsync(
                $"coos: {OneLine(e.Message)} (a fault of coos, {e.GetType().Name}; please report it with the command)"
            );
            return Failed;
        }
    }

    private static async Task<int> ParseAndRunAsync(string[] args, TextWriter output, TextWriter error, CliEnvironment environment)
    {
        var result = CoosCommand.Create(environment).Parse(args);
        string[] problems = [.. result.Errors.Select(e => e.Message), .. EmptyPaths(result)];
        if (problems.Length > 0)
        {
            // The help is not printed here: it would hide what is wrong.
            foreach (var problem in problems)
            {
                await error.WriteLineAsync($"coos: {OneLine(problem)}");
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
        return await result.InvokeAsync(configuration);
    }

    /// <summary>Finds paths that are empty, as from a variable that a script did not set.</summary>
    private static IEnumerable<string> EmptyPaths(ParseResult result) =>
        from part in result.CommandResult.Children
        let name = part switch
        {
            OptionResult { Option: { HelpName: { } help } option } when PathNames.Contains(help) => option.Name,
            ArgumentResult { Argument.Name: var argument } when PathNames.Contains(argument) => argument,
            _ => null,
        }
        where name is not null && part.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))
        select $"{name} is empty; specify a path";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

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
