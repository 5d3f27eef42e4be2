using System.Globalization;
using System.Text;
using Coos.Shared.Delimited;

namespace Coos.Shared.Benchmarks;

/// <summary>
/// Reads the tables of published results in a benchmark folder: some text columns, a column of percentages for
/// each reported split, and the source.
/// </summary>
internal static class ResultTable
{
    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="required">The required columns.</param>
    /// <param name="numeric">The optional columns, which hold numbers.</param>
    /// <param name="maximum">The largest number allowed: 100 for percent, 1 for fractions; the smallest is 0.</param>
    /// <param name="problems">Receives the problems: file, line, column, reason.</param>
    public static List<ResultRow> Read(string path, string[] required, string[] numeric, double maximum, List<string> problems)
    {
        using var stream = File.OpenRead(path);
        using var reader = new DelimitedReader(stream);
        if (!reader.Read())
        {
            problems.Add($"{path}: the file is empty; expected a header with {string.Join(',', required)} and split names");
            return [];
        }

        var header = ReadFields(reader);
        var before = problems.Count;
        problems.AddRange(required.Except(header).Select(name => $"{path}:1: column {name} is missing"));
        problems.AddRange(header.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"{path}:1: column {g.Key} occurs twice"));
        var optional = string.Join(", ", numeric);
        problems.AddRange(
            header
                .Except(required)
                .Except(numeric)
                .Select(name => $"{path}:1: column {name} is unknown; the optional columns are {optional}")
        );
        if (problems.Count > before)
        {
            return [];
        }

        var rows = new List<ResultRow>();
        while (reader.Read())
        {
            rows.Add(ReadRow(path, reader, header, numeric, maximum, problems));
        }

        return rows;
    }

    private static ResultRow ReadRow(
        string path,
        DelimitedReader reader,
        string[] header,
        string[] numeric,
        double maximum,
        List<string> problems
    )
    {
        var fields = ReadFields(reader);
        var text = new Dictionary<string, string>();
        var numbers = new Dictionary<string, double>();
        if (reader.Fault != RecordFault.None || fields.Length != header.Length)
        {
            problems.Add(
                $"{path}:{reader.Line}: the line has {fields.Length} fields, but the header has {header.Length}, or a quote is not closed"
            );
            return new ResultRow(reader.Line, text, numbers);
        }

        for (var i = 0; i < header.Length; i++)
        {
            if (!numeric.Contains(header[i]))
            {
                text[header[i]] = fields[i].Trim();
            }
            else if (TryParse(fields[i], maximum, out var number))
            {
                numbers[header[i]] = number;
            }
            else if (fields[i].Length > 0)
            {
                var limit = maximum.ToString(CultureInfo.InvariantCulture);
                problems.Add($"{path}:{reader.Line}:{header[i]}: \"{fields[i]}\" is not a number from 0 to {limit}");
            }
        }

        return new ResultRow(reader.Line, text, numbers);
    }

    private static bool TryParse(string field, double maximum, out double number) =>
        double.TryParse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && number >= 0
        && number <= maximum;

    private static string[] ReadFields(DelimitedReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Encoding.UTF8.GetString(reader[i]);
        }

        return fields;
    }
}

/// <summary>A row of a table of published results.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Text">The texts, by column.</param>
/// <param name="Numbers">The numbers by column; empty fields are left out.</param>
internal sealed record ResultRow(int Line, Dictionary<string, string> Text, Dictionary<string, double> Numbers);
