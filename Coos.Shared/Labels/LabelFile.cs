using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Predictions;

namespace Coos.Shared.Labels;

/// <summary>
/// Reads label files, <c>image_id,label[,plate][,well]</c>, as strictly as predictions, and writes them in canonical form.
/// </summary>
public static class LabelFile
{
    private const string ImageId = "image_id";
    private const string Label = "label";
    private const string Plate = "plate";
    private const string Well = "well";

    private static readonly string[] Columns = [ImageId, Label, Plate, Well];

    /// <summary>Reads a label file.</summary>
    /// <param name="content">The decompressed text; left open.</param>
    /// <param name="file">The name of the file in problems.</param>
    /// <param name="classes">The benchmark's classes.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <returns>The labels, or null if the file has a problem.</returns>
    public static SplitLabels? Read(Stream content, string file, ClassNames classes, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        using var reader = new DelimitedReader(content);
        var before = problems.Count;
        var header = TableHeader.Read(reader, Columns, file, problems);
        string[] missing = header is null ? [] : [.. Columns.Take(2).Where(name => header[name] < 0)];
        foreach (var column in missing)
        {
            problems.Add(file, reader.Line, column, ProblemCode.MissingColumn, $"the header has no column {column}");
        }

        if (header is null || missing.Length > 0)
        {
            return null;
        }

        var rows = new LabelRows(header[Plate] >= 0, header[Well] >= 0);
        while (reader.Read())
        {
            ReadRow(reader, header, file, classes, rows, problems);
        }

        if (rows.Count == 0 && problems.Count == before)
        {
            problems.Add(file, null, null, ProblemCode.EmptyFile, $"the file has a header but no images");
        }

        return problems.Count > before ? null : rows.ToLabels();
    }

    /// <summary>
    /// Writes labels in canonical form: LF, commas, images in canonical order, labels as indices; plates before wells if
    /// known, fields quoted only if necessary.
    /// </summary>
    public static void Write(SplitLabels labels, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(ImageId + "," + Label + (labels.Plates is null ? "" : "," + Plate) + (labels.Wells is null ? "" : "," + Well) + "\n");
        for (var i = 0; i < labels.Images.Count; i++)
        {
            writer.Write(CsvField.Quote(labels.Images.Id(i)));
            writer.Write(',');
            writer.Write((int)labels.Classes[i]);
            if (labels.Plates is { } plates)
            {
                writer.Write("," + CsvField.Quote(plates[i]));
            }

            if (labels.Wells is { } wells)
            {
                writer.Write("," + CsvField.Quote(wells[i]));
            }

            writer.Write('\n');
        }
    }

    private static void ReadRow(
        DelimitedReader reader,
        TableHeader header,
        string file,
        ClassNames classes,
        LabelRows rows,
        ProblemList problems
    )
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

        if (!rows.TryAdd(Text(reader, header[ImageId]), label, Text(reader, header[Plate]), Text(reader, header[Well]), reader.Line))
        {
            problems.Add(
                file,
                reader.Line,
                ImageId,
                ProblemCode.DuplicateImage,
                $"image {id} already has a line, line {rows.FindLine(Text(reader, header[ImageId]))}; keep one of the two"
            );
        }
    }

    private static string Text(DelimitedReader reader, int field) => field < 0 ? "" : Encoding.UTF8.GetString(reader[field]);
}
