namespace Coos.Shared.Delimited;

/// <summary>What is wrong with a record as text, regardless of what its fields mean.</summary>
public enum RecordFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The line has bytes that are not UTF-8.</summary>
    NotUtf8 = 1,

    /// <summary>A quoted field is not closed at the end of the line. Only this line is affected.</summary>
    UnclosedQuote = 2,

    /// <summary>There is text between a closing quote and the next delimiter.</summary>
    TextAfterQuote = 3,

    /// <summary>The line is longer than <see cref="DelimitedReader.MaximumLineLength"/> bytes; it was skipped.</summary>
    TooLong = 4,
}
