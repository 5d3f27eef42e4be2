using System.Text.Unicode;
using Coos.Shared.Delimited;

namespace Coos.Evaluator.Tests.Delimited;

/// <summary>A simple implementation of <see cref="DelimitedReader"/>: line by line, byte by byte.</summary>
internal static class NaiveReader
{
    private const byte Quote = (byte)'"';

    public static List<Record> Read(byte[] text, byte delimiter)
    {
        var records = new List<Record>();
        var start = 0;
        while (text.AsSpan(start).StartsWith("\uFEFF"u8))
        {
            start += 3;
        }

        if (!text.Contains((byte)'\n'))
        {
            text = [.. text.Select(b => b == (byte)'\r' ? (byte)'\n' : b)];
        }

        for (var line = 1; start < text.Length; line++)
        {
            var end = Array.IndexOf(text, (byte)'\n', start);
            end = end < 0 ? text.Length : end;
            var content = text[start..end];
            start = end + 1;
            if (content.AsSpan().ContainsAnyExcept(",;\t \r"u8))
            {
                records.Add(Parse(content, delimiter, line));
            }
        }

        return records;
    }

    private static Record Parse(byte[] line, byte delimiter, int number)
    {
        if (line.Length > DelimitedReader.MaximumLineLength)
        {
            return new Record(number, RecordFault.TooLong, []);
        }

        var fault = Utf8.IsValid(line) ? RecordFault.None : RecordFault.NotUtf8;
        var content = line is [.., (byte)'\r'] ? line[..^1] : line;
        var fields = new List<string>();
        for (var at = 0; at <= content.Length; at++)
        {
            var found =
                content.Length > at && content[at] == Quote
                    ? ParseQuoted(content, delimiter, ref at, out var field)
                    : ParsePlain(content, delimiter, ref at, out field);
            fault = fault == RecordFault.None ? found : fault;
            fields.Add(Convert.ToHexString([.. field]));
        }

        return new Record(number, fault, fault == RecordFault.None ? [.. fields] : []);
    }

    private static RecordFault ParsePlain(byte[] content, byte delimiter, ref int at, out List<byte> field)
    {
        field = [];
        for (; at < content.Length && content[at] != delimiter; at++)
        {
            field.Add(content[at]);
        }

        return RecordFault.None;
    }

    private static RecordFault ParseQuoted(byte[] content, byte delimiter, ref int at, out List<byte> field)
    {
        field = [];
        for (at++; at < content.Length; at++)
        {
            if (content[at] != Quote)
            {
                field.Add(content[at]);
            }
            else if (at + 1 < content.Length && content[at + 1] == Quote)
            {
                field.Add(Quote);
                at++;
            }
            else
            {
                at++;
                ParsePlain(content, delimiter, ref at, out var rest);
                return rest.Count == 0 ? RecordFault.None : RecordFault.TextAfterQuote;
            }
        }

        return RecordFault.UnclosedQuote;
    }
}

/// <summary>A record with its fields in hexadecimal; it has no fields if it has a fault.</summary>
internal sealed record Record(int Line, RecordFault Fault, string[] Fields)
{
    public override string ToString() => $"{Line} {Fault} {string.Join('|', Fields)}";
}
