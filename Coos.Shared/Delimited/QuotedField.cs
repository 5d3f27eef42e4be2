namespace Coos.Shared.Delimited;

/// <summary>Parses quoted fields as in RFC 4180: a quote opens and closes, two quotes inside stand for one.</summary>
internal static class QuotedField
{
    private const byte Quote = (byte)'"';

    /// <summary>Unquotes a field in place.</summary>
    /// <param name="field">The field with its quotes; its content is compacted from index 1 on.</param>
    /// <param name="length">The length of the content, which starts at index 1; -1 if the field is not quoted.</param>
    public static RecordFault Unquote(Span<byte> field, out int length)
    {
        length = -1;
        if (field.IsEmpty || field[0] != Quote)
        {
            return RecordFault.None;
        }

        var write = 1;
        for (var read = 1; read < field.Length; read++)
        {
            if (field[read] != Quote)
            {
                field[write++] = field[read];
            }
            else if (read + 1 < field.Length && field[read + 1] == Quote)
            {
                field[write++] = Quote;
                read++;
            }
            else
            {
                length = write - 1;
                return read == field.Length - 1 ? RecordFault.None : RecordFault.TextAfterQuote;
            }
        }

        return RecordFault.UnclosedQuote;
    }
}
