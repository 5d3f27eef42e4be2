using System.Text;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>The header line of a table with named columns: its delimiter, its columns, and its problems.</summary>
internal sealed class TableHeader
{
    private readonly Dictionary<string, int> _columns;

    private TableHeader(Dictionary<string, int> columns, int fieldCount) => (_columns, FieldCount) = (columns, fieldCount);

    /// <summary>The number of fields of every line.</summary>
    public int FieldCount { get; }

    /// <summary>The 0-based position of a column; -1 if the table does not have it.</summary>
    public int this[string column] => _columns.GetValueOrDefault(column, -1);

    /// <summary>Reads the header line.</summary>
    /// <param name="reader">A reader before its first record.</param>
    /// <param name="known">All columns that the table may have.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>
    /// Null if the rows cannot be read. With an unknown or duplicate column the rows are still checked: the first of two
    /// duplicates counts, and a name that differs in case or spaces counts as the known one.
    /// </returns>
    public static TableHeader? Read(DelimitedReader reader, IReadOnlyList<string> known, string file, ProblemList problems)
    {
        var line = reader.PeekLine();
        if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            problems.Add(file, 1, null, ProblemCode.BadEncoding, $"the file is UTF-16 text; save it as UTF-8");
            return null;
        }

        reader.Delimiter = FindDelimiter(line);
        if (!reader.Read())
        {
            if (reader.ExceededMaximum)
            {
                return null; // The caller reports it.
            }

            problems.Add(
                file,
                null,
                null,
                ProblemCode.EmptyFile,
                $"the file is empty; its first line must be the header, such as {known[0]},{known[1]}"
            );
            return null;
        }

        if (reader.Fault != RecordFault.None)
        {
            LineFaults.Report(reader, file, problems);
            return null;
        }

        return ReadColumns(reader, known, file, problems);
    }

    /// <summary>Finds the first comma, tab or semicolon outside quotes; a comma if the line has one field.</summary>
    private static byte FindDelimiter(ReadOnlySpan<byte> line)
    {
        var inside = false;
        foreach (var value in line)
        {
            inside ^= value == (byte)'"';
            if (!inside && value is (byte)',' or (byte)'\t' or (byte)';')
            {
                return value;
            }
        }

        return (byte)',';
    }

    private static TableHeader? ReadColumns(DelimitedReader reader, IReadOnlyList<string> known, string file, ProblemList problems)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(reader[i]);
        }

        if (!names.Any(name => known.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(
                file,
                reader.Line,
                null,
                ProblemCode.MissingHeader,
                $"the first line is {reader[0]}... and has no known column name; add a header such as {known[0]},{known[1]} above the data"
            );
            return null;
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            AddColumn(columns, names[i], i, reader, known, file, problems);
        }

        return new TableHeader(columns, names.Length);
    }

    private static void AddColumn(
        Dictionary<string, int> columns,
        string name,
        int position,
        DelimitedReader reader,
        IReadOnlyList<string> known,
        string file,
        ProblemList problems
    )
    {
        if (!known.Contains(name))
        {
            var meant = known.FirstOrDefault(k => string.Equals(k, name.Trim(), StringComparison.OrdinalIgnoreCase));
            var hint = meant is null ? "remove it" : $"rename it to {meant}";
            problems.Add(
                file,
                reader.Line,
                Excerpt.Plain(reader[position]),
                ProblemCode.UnknownColumn,
                $"column {position + 1} is named {reader[position]}; {hint}; allowed columns: {Allowed(known)}"
            );
            if (meant is not null)
            {
                columns.TryAdd(meant, position);
            }
        }
        else if (!columns.TryAdd(name, position))
        {
            problems.Add(
                file,
                reader.Line,
                name,
                ProblemCode.DuplicateColumn,
                $"columns {columns[name] + 1} and {position + 1} are both named {name}; keep one"
            );
        }
    }

    private static string Allowed(IReadOnlyList<string> known) =>
        known.Count <= 6 ? string.Join(", ", known) : $"{string.Join(", ", known.Take(3))} to {known[^1]}";
}
