using System.Buffers;
using Coos.Shared.Delimited;
using Coos.Shared.Packing;
using Coos.Shared.Predictions.Arrays;
using Coos.Shared.Predictions.Columns;

namespace Coos.Shared.Predictions;

/// <summary>
/// Reads a prediction file (docs/formats.md) in one pass and checks every rule of the format: each image of the split
/// occurs exactly once, matched by id; each label is a class; each row of probabilities is a distribution. All problems of
/// the file are reported at once. The first bytes tell the format: delimited text, NumPy arrays or Parquet.
/// </summary>
public sealed class PredictionReader
{
    private readonly PredictionTarget _target;
    private readonly ProblemList _problems;
    private readonly DelimitedReader _reader;
    private readonly PredictionColumns _columns;
    private readonly LabelColumn? _labels;
    private readonly ScoreColumns? _scores;
    private readonly ImageRows _rows;

    private PredictionReader(PredictionTarget target, DelimitedReader reader, PredictionColumns columns, ProblemList problems, int[] lines)
    {
        _target = target;
        _reader = reader;
        _columns = columns;
        _problems = problems;
        _rows = new ImageRows(target, columns.Layout.Row, lines, problems);
        _labels = columns.Label < 0 ? null : new LabelColumn(target, columns.Layout, problems);
        _scores = columns.Scores.Length > 0 ? new ScoreColumns(target, reader, columns, problems) : null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">The unpacked content; left open.</param>
    /// <param name="target">The images and classes that the file is checked against.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="budget">Limits the work of unpacking arrays and columns; null for files that are trusted.</param>
    /// <returns>The predictions, or null if the file has any problem.</returns>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static PredictionSet? Read(Stream content, PredictionTarget target, ProblemList problems, UnpackBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(problems);

        var own = new ProblemList();
        using var peeked = new PeekedContent(content);
        var lines = ArrayPool<int>.Shared.Rent(target.Images.Count);
        var predictions = peeked.Format switch
        {
            PredictionFormat.Array or PredictionFormat.ArrayArchive => ArrayPredictions.Read(peeked, target, own, lines, budget),
            PredictionFormat.Parquet => ParquetPredictions.Read(peeked, target, own, lines, budget),
            _ => ReadText(peeked.Stream, target, own, lines),
        };
        ArrayPool<int>.Shared.Return(lines);
        problems.AddRange(own);
        return predictions;
    }

    private static PredictionSet? ReadText(Stream content, PredictionTarget target, ProblemList problems, int[] lines)
    {
        using var reader = new DelimitedReader(content, target.MaximumBytes);
        var columns = PredictionColumns.Read(reader, target, problems);
        var predictions = columns is null ? null : new PredictionReader(target, reader, columns, problems, lines).ReadRows();
        if (reader.ExceededMaximum)
        {
            problems.AddFirst(new Problem(target.File, null, null, ProblemCode.TooLarge, TooLarge(target)));
        }

        return predictions;
    }

    /// <summary>The message of a file with more bytes than allowed.</summary>
    internal static string TooLarge(PredictionTarget target) =>
        FormattableString.Invariant($"the file holds more than the {target.MaximumBytes:N0} bytes allowed; the rest was not read");

    private PredictionSet? ReadRows()
    {
        var rows = 0;
        for (; _reader.Read(); rows++)
        {
            if (rows == _rows.Maximum)
            {
                _rows.ReportTooMany();
                return null;
            }

            ReadRow();
        }

        if (_reader.ExceededMaximum)
        {
            return null;
        }

        if (rows == 0)
        {
            _rows.ReportNone("the file has a header and no lines");
            return null;
        }

        return _rows.Complete(_labels) ? PredictionSet.Create(_target, _rows.Classes, _scores?.Table, _labels, []) : null;
    }

    private void ReadRow()
    {
        if (_reader.Fault != RecordFault.None)
        {
            LineFaults.Report(_reader, _target.File, _problems);
            MarkSeen();
            return;
        }

        var image = _columns.ImageId < _reader.FieldCount ? _rows.Find(_reader[_columns.ImageId], _reader.Line, out _) : -1;
        if (_reader.FieldCount != _columns.FieldCount)
        {
            _problems.Add(
                _target.File,
                _reader.Line,
                null,
                ProblemCode.WrongFieldCount,
                $"the line has {_reader.FieldCount} fields, but the header has {_columns.FieldCount}{ExplainFields()}"
            );
            return;
        }

        var best = _scores?.Read(image) ?? 0;
        var label = _labels is null ? best : FindClass(_labels);
        if (_scores is not null && _labels is not null && label >= 0)
        {
            _scores.Table.Compare(image, label, best);
        }

        if (image >= 0 && label >= 0)
        {
            _rows.SetClass(image, label);
        }
    }

    private int FindClass(LabelColumn labels)
    {
        var text = _reader[_columns.Label];
        var label = _target.Classes.Find(text);
        return label >= 0 && labels.IsPlain ? label : labels.Check(label, text, _reader.Line);
    }

    /// <summary>Explains a line that has one field more for each score: decimal commas between commas.</summary>
    private string ExplainFields() =>
        _columns.Scores.Length > 0 && _reader.Delimiter == (byte)',' && _reader.FieldCount == _columns.FieldCount + _columns.Scores.Length
            ? "; if these are decimal commas, write decimal points"
            : "";

    /// <summary>Marks the image of a malformed line as seen if its id can be read.</summary>
    private void MarkSeen()
    {
        if (_reader.Fault != RecordFault.TooLong && _columns.ImageId < _reader.FieldCount)
        {
            _rows.MarkIfKnown(_reader[_columns.ImageId], _reader.Line);
        }
    }
}
