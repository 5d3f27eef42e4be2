using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Predictions;

namespace Coos.Shared.Labels;

/// <summary>
/// Reads label files, <c>image_id,label</c> with any further columns, as strictly as predictions, and writes them in canonical form.
/// </summary>
public static class LabelFile
{
    private const string ImageId = "image_id";
    private const string Label = "label";

    private static readonly string[] Columns = [ImageId, Label, MetadataColumn.Plate, MetadataColumn.Well];

    /// <summary>Reads a label file.</summary>
    /// <param name="content">The decompressed text; left open.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="classes">The benchmark's classes.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The labels, or null if the file has a problem.</returns>
    public static SplitLabels? Read(Stream content, string file, ClassNames classes, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(problems);
        using var reader = new DelimitedReader(content);
        var before = problems.Count;
        var header = TableHeader.Read(reader, Columns, file, problems, isFurther: MetadataColumn.IsName);
        string[] missing = header is null ? [] : [.. Columns.Take(2).Where(name => header[name] < 0)];
        foreach (var column in missing)
        {
            problems.Add(file, reader.Line, column, ProblemCode.MissingColumn, $"the header has no column {column}");
        }

        if (header is null || missing.Length > 0)
        {
            return null;
        }

        string[] columns = [.. Columns.Skip(2).Where(name => header[name] >= 0), .. header.Further];
        if (columns.Length > MetadataColumn.Maximum)
        {
            problems.Add(
                file,
                reader.Line,
                null,
                ProblemCode.UnknownColumn,
                $"the header has {columns.Length} columns besides image_id and label; allowed are {MetadataColumn.Maximum}; remove some"
            );
            return null;
        }

        var rows = new Rows(reader, header, file, classes, columns, problems).Read();

        if (rows.Count == 0 && problems.Count == before)
        {
            problems.Add(file, null, null, ProblemCode.EmptyFile, $"the file has a header but no images");
        }

        return problems.Count > before ? null : rows.ToLabels();
    }

    /// <summary>
    /// Writes labels in canonical form: LF, commas, images in canonical order, labels as indices; plate, well, then the other columns by
    /// name; fields quoted only if necessary.
    /// </summary>
    public static void Write(SplitLabels labels, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Join(',', [ImageId, Label, .. labels.Columns.Select(c => c.Name)]) + "\n");
        for (var i = 0; i < labels.Images.Count; i++)
        {
            writer.Write(CsvField.Quote(labels.Images.Id(i)));
            writer.Write(',');
            writer.Write((int)labels.Classes[i]);
            foreach (var column in labels.Columns)
            {
                writer.Write("," + CsvField.Quote(column.Values[i]));
            }

            writer.Write('\n');
        }
    }

    /// <summary>Reads the rows of a file whose header is known.</summary>
    private sealed class Rows(
        DelimitedReader reader,
        TableHeader header,
        string file,
        ClassNames classes,
        string[] columns,
        ProblemList problems
    )
    {
        private readonly LabelRows _rows = new(columns);
        private readonly int[] _positions = [.. columns.Select(name => header[name])];
        private readonly string[] _values = new string[columns.Length];

        public LabelRows Read()
        {
            while (reader.Read())
            {
                ReadRow();
            }

            return _rows;
        }

        private void ReadRow()
        {
            if (reader.Fault != RecordFault.None)
            {
                LineFaults.Report(reader, file, problems);
                return;
            }

            if (reader.FieldCount != header.FieldCount)
            {
                problems.Add(
                    file,
                    reader.Line,
                    null,
                    ProblemCode.WrongFieldCount,
                    $"the line has {reader.FieldCount} fields, but the header has {header.FieldCount}"
                );
                return;
            }

            var id = reader[header[ImageId]];
            if (id.IsEmpty || id.Length > ImageIndex.MaximumIdLength)
            {
                problems.Add(
                    file,
                    reader.Line,
                    ImageId,
                    ProblemCode.UnknownImage,
                    $"{id} is not a valid image id; an id has 1 to {ImageIndex.MaximumIdLength} bytes"
                );
                return;
            }

            var label = classes.Find(reader[header[Label]]);
            if (label < 0)
            {
                problems.Add(
                    file,
                    reader.Line,
                    Label,
                    ProblemCode.UnknownClass,
                    $"{reader[header[Label]]} is not a class; a label is {classes.Allowed}"
                );
                return;
            }

            Add(Encoding.UTF8.GetString(id), label);
        }

        private void Add(string id, int label)
        {
            for (var column = 0; column < _values.Length; column++)
            {
                _values[column] = Encoding.UTF8.GetString(reader[_positions[column]]);
            }

            if (!_rows.TryAdd(reader.Line, id, label, _values))
            {
                problems.Add(
                    file,
                    reader.Line,
                    ImageId,
                    ProblemCode.DuplicateImage,
                    $"image {id} already has a line, line {_rows.FindLine(id)}; keep one of the two"
                );
            }
        }
    }
}
