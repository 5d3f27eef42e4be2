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

    /// <summary>The names of the further columns, in the order of the header; empty unless the table may have any.</summary>
    public IReadOnlyList<string> Further { get; private init; } = [];

    /// <summary>The 0-based position of a column; -1 if the table does not have it.</summary>
    public int this[string column] => _columns.GetValueOrDefault(column, -1);

    /// <summary>Reads the header line.</summary>
    /// <param name="reader">A reader before its first record.</param>
    /// <param name="known">All columns that the table may have.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="meaningOf">Finds what unknown names mean, from all names; by default, other names of the known columns.</param>
    /// <param name="isFurther">Whether the table may also have a column of this name; by default it may not.</param>
    /// <returns>
    /// Null if the rows cannot be read. With an unknown or duplicate column the rows are still checked: the first of two
    /// duplicates counts, and a name that was meant to be a known one counts as that.
    /// </returns>
    public static TableHeader? Read(
        DelimitedReader reader,
        IReadOnlyList<string> known,
        string file,
        ProblemList problems,
        Func<IReadOnlyList<string>, HeaderMeaning>? meaningOf = null,
        Func<string, bool>? isFurther = null
    )
    {
        if (TextStart.Check(reader) is { } wrong)
        {
            problems.Add(file, wrong.Line, null, ProblemCode.BadEncoding, $"{wrong.Message}");
            return null;
        }

        if (TextStart.FindOtherSeparator(reader.PeekLine(), known) is { } separator)
        {
            problems.Add(
                file,
                reader.Line + 1,
                null,
                ProblemCode.MissingHeader,
                $"the fields seem to be separated by \"{separator}\"; separate them by comma, tab or semicolon"
            );
            return null;
        }

        reader.Delimiter = TextStart.FindDelimiter(reader.PeekLine());
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

        var names = ReadNames(reader, known);
        return new Columns(reader.Line, known, names, meaningOf?.Invoke(names) ?? new HeaderMeaning(known), file, problems)
        {
            IsFurther = isFurther ?? (_ => false),
        }.Read();
    }

    /// <summary>Finds the columns of a table that has their names, but no header line.</summary>
    /// <param name="names">The names.</param>
    /// <param name="known">All columns that the table may have.</param>
    /// <param name="meaning">Finds what unknown names mean.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The columns, as <see cref="Read"/> finds them.</returns>
    public static TableHeader? Find(
        string[] names,
        IReadOnlyList<string> known,
        HeaderMeaning meaning,
        string file,
        ProblemList problems
    ) => new Columns(null, known, names, meaning, file, problems).Find();

    /// <summary>Reads the names; those of numpy.savetxt have a number sign before the first.</summary>
    private static string[] ReadNames(DelimitedReader reader, IReadOnlyList<string> known)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(reader[i]);
        }

        var first = names[0].TrimStart('#', ' ');
        names[0] = names[0].StartsWith('#') && known.Contains(first) ? first : names[0];
        return names;
    }

    /// <summary>Finds the columns of a header.</summary>
    private sealed class Columns(
        int? line,
        IReadOnlyList<string> known,
        string[] names,
        HeaderMeaning meaning,
        string file,
        ProblemList problems
    )
    {
        private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
        private readonly List<string> _further = [];

        public Func<string, bool> IsFurther { get; init; } = _ => false;

        public TableHeader? Read()
        {
            if (!names.Any(IsKnownInAnyCase))
            {
                ReportNoHeader();
                return null;
            }

            return Find();
        }

        public TableHeader Find()
        {
            for (var i = 0; i < names.Length; i++)
            {
                Add(names[i], i);
            }

            return new TableHeader(_found, names.Length) { Further = _further };
        }

        private bool IsKnownInAnyCase(string name) => known.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

        private void ReportNoHeader()
        {
            string[] renamed =
            [
                .. names
                    .Select(name => (Name: name, Column: HeaderMeaning.FindSynonym(name)))
                    .Where(n => n.Column is not null)
                    .Select(n => $"\"{n.Name}\" to {n.Column}"),
            ];
            var advice =
                names[0].StartsWith('#') ? "remove the lines above the header"
                : names.Any(name => known.Contains(name.Trim('\''))) ? "remove the marks ' around its fields; only \" quotes a field"
                : renamed.Length > 0 ? $"rename {string.Join(" and ", renamed)}"
                : $"add a header such as {known[0]},{known[1]} above the data";
            problems.Add(
                file,
                line,
                null,
                ProblemCode.MissingHeader,
                $"the first line is {Bytes(names[0])}... and has no known column name; {advice}"
            );
        }

        private void Add(string name, int position)
        {
            var isFurther = !known.Contains(name) && IsFurther(name) && !IsMeantAsKnown(name);
            if (!known.Contains(name) && !isFurther)
            {
                AddUnknown(name, position);
            }
            else if (_found.TryAdd(name, position))
            {
                _further.AddRange(isFurther ? [name] : []);
            }
            else
            {
                problems.Add(
                    file,
                    line,
                    name,
                    ProblemCode.DuplicateColumn,
                    $"columns {_found[name] + 1} and {position + 1} are both named {name}; keep one"
                );
            }
        }

        private bool IsMeantAsKnown(string name) => meaning.Find(name) is { } column && !names.Contains(column);

        private void AddUnknown(string name, int position)
        {
            var meant = meaning.Find(name) is { } column && !names.Contains(column) && _found.TryAdd(column, position) ? column : null;
            var hint = meant is null ? meaning.Remove(name) : $"rename it to {meant}{meaning.Explain(meant)}";
            problems.Add(
                file,
                line,
                Excerpt.Plain(Bytes(name)),
                ProblemCode.UnknownColumn,
                $"column {position + 1} is named {Bytes(name)}; {hint}; allowed columns: {meaning.Allowed}"
            );
        }

        private static ReadOnlySpan<byte> Bytes(string name) => Encoding.UTF8.GetBytes(name);
    }
}
