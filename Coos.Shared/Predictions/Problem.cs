namespace Coos.Shared.Predictions;

/// <summary>One thing wrong with one file, where it is and what to do about it.</summary>
/// <param name="File">The split's name for an upload, the path for a file on disk.</param>
/// <param name="Line">The line, from 1; null where the problem is the file's as a whole or a line that is not there.</param>
/// <param name="Column">The column's name in the header; null where no one column is concerned.</param>
/// <param name="Code">The kind of problem.</param>
/// <param name="Message">What was found and what is allowed, in one sentence or two.</param>
public sealed record Problem(string File, int? Line, string? Column, ProblemCode Code, string Message)
{
    /// <summary>As compilers print it: <c>file:line:column: code: message</c>, what is unknown left out.</summary>
    public override string ToString()
    {
        var line = Line is { } number ? $":{number}" : "";
        var column = Column is null ? "" : $":{Column}";
        return $"{File}{line}{column}: {ProblemCodeConverter.Text(Code)}: {Message}";
    }
}
