namespace Coos.Shared.Delimited;

/// <summary>What is wrong with a record as text, before anybody asks what its fields mean.</summary>
public enum RecordFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The line holds bytes that are no UTF-8.</summary>
    NotUtf8 = 1,

    /// <summary>A quoted field is still open where the line ends. Quoted fields do not span lines, so only this line suffers.</summary>
    UnclosedQuote = 2,

    /// <summary>Text follows a closing quote before the next delimiter.</summary>
    TextAfterQuote = 3,

    /// <summary>The line is longer than <see cref="DelimitedReader.MaximumLineLength"/> bytes; it was skipped.</summary>
    TooLong = 4,
}
