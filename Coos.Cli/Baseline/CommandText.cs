using System.CommandLine;

namespace Coos.Cli.Baseline;

/// <summary>A command as it was typed.</summary>
internal static class CommandText
{
    /// <summary>The whole command; arguments with spaces are quoted.</summary>
    public static string AsTyped(this ParseResult parsed) =>
        string.Join(' ', parsed.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"'{t.Value}'" : t.Value).Prepend("coos"));
}
