using Coos.Shared.Submissions;

namespace Coos.Cli.Submit;

/// <summary>The problem document of a server (RFC 9457), with the problems of the files.</summary>
internal sealed record ProblemDocument
{
    /// <summary>The kind of problem.</summary>
    public string? Title { get; init; }

    /// <summary>What happened in this case, and what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>The submission that has the same predictions.</summary>
    public SubmissionLinks? Submission { get; init; }

    /// <summary>The number of problems of the files; it can be larger than the number listed.</summary>
    public int? ErrorCount { get; init; }

    /// <summary>The problems of the files.</summary>
    public IReadOnlyList<ProblemEntry>? Errors { get; init; }
}

/// <summary>A problem of a file. The code is a string, so that codes of a newer server are printed too.</summary>
/// <param name="File">The part of the request.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Code">The kind of problem.</param>
/// <param name="Message">What to do.</param>
internal sealed record ProblemEntry(string? File, int? Line, string? Column, string? Code, string? Message)
{
    /// <summary>Formats the problem like a compiler message: <c>file:line:column: code: message</c>.</summary>
    /// <param name="path">The local file.</param>
    public string Describe(string path)
    {
        var line = Line is { } number ? $":{number}" : "";
        var column = Column is null ? "" : $":{Column}";
        return $"{path}{line}{column}: {Code}: {Message}";
    }
}
