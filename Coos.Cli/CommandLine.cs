using System.CommandLine;
using System.CommandLine.Parsing;

namespace Coos.Cli;

/// <summary>Runs the command line: 0 done, 1 failed, 2 wrong arguments.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command that did what it was asked.</summary>
    public const int Done = 0;

    /// <summary>The exit code of a command that could not.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of arguments that make no sense.</summary>
    public const int WrongArguments = 2;

    /// <summary>How long Ctrl-C waits for work to come to a place where it can stop: on a busy machine longer than two seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="surroundings">The world outside.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Surroundings surroundings)
    {
        var result = CoosCommand.Create(surroundings).Parse(args);
        if (result.Errors.Count > 0)
        {
            // Help is for whoever asks; here what is wrong should not drown in it.
            foreach (var problem in result.Errors)
            {
                await error.WriteLineAsync($"coos: {problem.Message}");
            }

            await error.WriteLineAsync($"coos: see {Name(result)} --help");
            return WrongArguments;
        }

        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience };
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

    /// <summary>For example <c>coos data unpack</c>.</summary>
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
