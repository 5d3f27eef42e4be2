using System.CommandLine;

namespace Coos.Cli.Baseline;

/// <summary>The text of a parsed command.</summary>
internal static class CommandText
{
    /// <summary>Returns the command as it was typed; arguments with spaces are quoted.</summary>
    public static string AsTyped(this ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(t => Quote(t.Value)).Prepend("coos"));

    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;
}
