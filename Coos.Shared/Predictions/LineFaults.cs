using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>Reports a line that cannot be split into fields.</summary>
internal static class LineFaults
{
    /// <summary>Adds the problem of the reader's current record.</summary>
    public static void Report(DelimitedReader reader, string file, ProblemList problems)
    {
        switch (reader.Fault)
        {
            case RecordFault.NotUtf8:
                problems.Add(
                    file,
                    reader.Line,
                    null,
                    ProblemCode.BadEncoding,
                    $"the line holds bytes that are not UTF-8; save the file as UTF-8"
                );
                break;
            case RecordFault.UnclosedQuote:
                problems.Add(
                    file,
                    reader.Line,
                    null,
                    ProblemCode.WrongFieldCount,
                    $"a quote is opened but not closed on this line; a field must not span lines"
                );
                break;
            case RecordFault.TextAfterQuote:
                problems.Add(
                    file,
                    reader.Line,
                    null,
                    ProblemCode.WrongFieldCount,
                    $"text follows a closing quote; double a quote that belongs to the field"
                );
                break;
            case RecordFault.TooLong:
                problems.Add(
                    file,
                    reader.Line,
                    null,
                    ProblemCode.TooLarge,
                    $"the line is longer than {DelimitedReader.MaximumLineLength:N0} bytes"
                );
                break;
            case RecordFault.None:
            default:
                throw new ArgumentException("The record has no fault.", nameof(reader));
        }
    }
}
