namespace Coos.Cli.Submit;

/// <summary>What a server says is wrong (RFC 9457), with the problems of the files.</summary>
internal sealed record ProblemDocument
{
    /// <summary>What kind of problem it is.</summary>
    public string? Title { get; init; }

    /// <summary>What this one is, and what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>How many problems the files have; more than are listed where there are very many.</summary>
    public int? ErrorCount { get; init; }

    /// <summary>The problems of the files.</summary>
    public IReadOnlyList<ProblemEntry>? Errors { get; init; }
}

/// <summary>A problem of a file. The code is text, so that a newer server's codes print too.</summary>
/// <param name="File">The part that was sent.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Code">The kind of problem.</param>
/// <param name="Message">What to do.</param>
internal sealed record ProblemEntry(string? File, int? Line, string? Column, string? Code, string? Message)
{
    /// <summary>As compilers print it: <c>file:line:column: code: message</c>.</summary>
    /// <param name="path">The local file.</param>
    public string Describe(string path)
    {
        var line = Line is { } number ? $":{number}" : "";
        var column = Column is null ? "" : $":{Column}";
        return $"{path}{line}{column}: {Code}: {Message}";
    }
}
