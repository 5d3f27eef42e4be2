namespace Coos.Shared.Predictions;

/// <summary>A problem of a file: where it is and what to do about it.</summary>
/// <param name="File">The split's name for an upload, the path for a file on disk.</param>
/// <param name="Line">The line number from 1; null if the problem concerns the whole file or a missing line.</param>
/// <param name="Column">The column's name in the header; null if the problem is not about a single column.</param>
/// <param name="Code">The kind of problem.</param>
/// <param name="Message">What was found and what is allowed, in one or two sentences.</param>
public sealed record Problem(string File, int? Line, string? Column, ProblemCode Code, string Message)
{
    /// <summary>Formats the problem like a compiler message: <c>file:line:column: code: message</c>, without unknown parts.</summary>
    public override string ToString()
    {
        var line = Line is { } number ? $":{number}" : "";
        var column = Column is null ? "" : $":{Column}";
        return $"{File}{line}{column}: {ProblemCodeConverter.Text(Code)}: {Message}";
    }
}
