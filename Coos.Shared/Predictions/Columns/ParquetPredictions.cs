using System.Text;
using Coos.Shared.Packing;
using Parquet;
using Parquet.Schema;

namespace Coos.Shared.Predictions.Columns;

/// <summary>
/// Reads predictions from a Parquet file, one row group after the other and one column at a time. The columns are those of text
/// files.
/// </summary>
internal sealed class ParquetPredictions
{
    private readonly PredictionTarget _target;
    private readonly ProblemList _problems;
    private readonly UnpackBudget? _budget;
    private readonly ImageRows _rows;
    private readonly PredictionColumns _columns;
    private readonly DataField[] _fields;
    private readonly LabelColumn? _labels;
    private readonly NumberRows? _scores;
    private int _read;

    private ParquetPredictions(
        PredictionTarget target,
        PredictionColumns columns,
        DataField[] fields,
        int[] rows,
        ProblemList problems,
        UnpackBudget? budget
    )
    {
        _target = target;
        _problems = problems;
        _budget = budget;
        _columns = columns;
        _fields = fields;
        _rows = new ImageRows(target, columns.Layout.Row, rows, problems);
        _labels = columns.Label < 0 ? null : new LabelColumn(target, columns.Layout, problems);
        _scores = columns.Scores.Length > 0 ? new NumberRows(CreateTable()) : null;
    }

    private ScoreTable CreateTable() =>
        new(
            _target,
            _columns.Layout,
            _columns.AreLogits,
            isSingle: _columns.Scores.All(position => _fields[position].ClrType == typeof(float)),
            _problems
        );

    /// <summary>Reads a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="target">What it is checked against.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="rows">Room for a number per image.</param>
    /// <param name="budget">Limits the work of unpacking; null for files that are trusted.</param>
    /// <returns>The predictions; null if there is a problem.</returns>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static PredictionSet? Read(
        PeekedContent content,
        PredictionTarget target,
        ProblemList problems,
        int[] rows,
        UnpackBudget? budget
    ) => ParquetContent.Open(content, target, problems, file => ReadAsync(file, target, problems, rows, budget));

    /// <summary>Reads the image ids of a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="target">Limits the number of bytes.</param>
    /// <param name="budget">Limits the work of unpacking.</param>
    /// <param name="add">Receives each id.</param>
    public static void ReadIds(PeekedContent content, PredictionTarget target, UnpackBudget? budget, Arrays.ReadOnlySpanAction<byte> add) =>
        ParquetContent.Open<object>(
            content,
            target,
            new ProblemList(),
            async file =>
            {
                var reader = file.Reader;
                var ids = reader.Schema.Fields.OfType<DataField>().FirstOrDefault(f => f.Name == PredictionColumns.ImageIdName);
                for (var i = 0; ids is not null && ParquetColumn.IsId(ids) && i < reader.RowGroupCount; i++)
                {
                    using var group = reader.OpenRowGroupReader(i);
                    var column = new ParquetColumn(file.Content, group, ids, budget);
                    await column.ReadTextsAsync((text, _) => add(text));
                }

                return null;
            }
        );

    private static async Task<PredictionSet?> ReadAsync(
        OpenParquet file,
        PredictionTarget target,
        ProblemList problems,
        int[] rows,
        UnpackBudget? budget
    )
    {
        var fields = file.Reader.Schema.Fields;
        var columns = PredictionColumns.Find([.. fields.Select(f => f.Name)], target, problems);
        if (columns is null || !CheckTypes(fields, columns, target, problems))
        {
            return null;
        }

        // Columns that are not read have a problem by now; only those that are read must be plain ones.
        DataField[] plain = [.. fields.Select(f => f as DataField ?? new DataField<int>(f.Name))];
        return await new ParquetPredictions(target, columns, plain, rows, problems, budget).ReadGroupsAsync(file);
    }

    /// <summary>Reports the columns of types that are not read.</summary>
    /// <returns>Whether all are read.</returns>
    private static bool CheckTypes(IReadOnlyList<Field> fields, PredictionColumns columns, PredictionTarget target, ProblemList problems)
    {
        var isReadable = true;
        foreach (var position in (int[])[columns.ImageId, .. columns.Label < 0 ? [] : new[] { columns.Label }, .. columns.Scores])
        {
            var field = fields[position];
            var allowed =
                position == columns.ImageId ? "whole numbers or text"
                : position == columns.Label ? "whole numbers, or text with class names"
                : "floating-point numbers";
            var isAllowed =
                field is DataField { IsArray: false } plain
                && (
                    position == columns.ImageId ? ParquetColumn.IsId(plain)
                    : position == columns.Label ? ParquetColumn.IsId(plain) || ParquetColumn.IsNumber(plain)
                    : ParquetColumn.IsNumber(plain)
                );
            if (!isAllowed)
            {
                isReadable = false;
                var name = Excerpt.Plain(Encoding.UTF8.GetBytes(field.Name));
                problems.Add(
                    target.File,
                    null,
                    name,
                    ProblemCode.BadEncoding,
                    $"the column {name} holds {ParquetColumn.Describe(field)}; allowed are {allowed}"
                );
            }
        }

        return isReadable;
    }

    private async Task<PredictionSet?> ReadGroupsAsync(OpenParquet file)
    {
        var reader = file.Reader;
        if (!CheckCount(reader))
        {
            return null;
        }

        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            await ReadGroupAsync(file.Content, group);
        }

        return _rows.Complete(_labels) ? PredictionSet.Create(_target, _rows.Classes, _scores?.Table, _labels, []) : null;
    }

    /// <summary>Checks the number of rows before any is read: a few bytes can stand for millions of equal rows.</summary>
    private bool CheckCount(ParquetReader reader)
    {
        var total = 0L;
        foreach (var group in reader.Metadata?.RowGroups ?? [])
        {
            total += group.NumRows < 0 ? throw new InvalidDataException("a row group has a negative number of rows") : group.NumRows;
        }

        if (total > _rows.Maximum)
        {
            _problems.Add(
                _target.File,
                null,
                null,
                ProblemCode.TooLarge,
                $"the file has {total:N0} rows, but {_target.Split} has {_target.Images.Count:N0} images; nothing was read"
            );
        }
        else if (total == 0)
        {
            _rows.ReportNone("the file has no rows");
        }

        return total > 0 && total <= _rows.Maximum;
    }

    private async Task ReadGroupAsync(BoundedStream content, ParquetRowGroupReader group)
    {
        var count = checked((int)group.RowCount);
        var first = _read;
        var images = new int[count];
        await new ParquetColumn(content, group, _fields[_columns.ImageId], _budget).ReadTextsAsync(
            (id, row) =>
            {
                var image = _rows.Find(id, first + row + 1, out var isFirst);
                images[row] = isFirst ? image : -1;
            }
        );
        if (_labels is not null)
        {
            await new ParquetColumn(content, group, _fields[_columns.Label], _budget).ReadTextsAsync(
                (text, row) => SetLabel(text, images[row], first + row + 1)
            );
        }

        if (_scores is not null)
        {
            await ReadScoresAsync(content, group, images, first, _scores);
        }

        _read += count;
    }

    private void SetLabel(ReadOnlySpan<byte> text, int image, int number)
    {
        var label = _target.Classes.Find(text);
        label = label >= 0 && _labels!.IsPlain ? label : _labels!.Check(label, text, number);
        if (image >= 0 && label >= 0)
        {
            _rows.SetClass(image, label);
        }
    }

    private async Task ReadScoresAsync(BoundedStream content, ParquetRowGroupReader group, int[] images, int first, NumberRows scores)
    {
        var column = new double[images.Length];
        for (var k = 0; k < _columns.Scores.Length; k++)
        {
            await new ParquetColumn(content, group, _fields[_columns.Scores[k]], _budget).ReadNumbersAsync(column);
            scores.Scatter(column, k, images);
        }

        for (var row = 0; row < images.Length; row++)
        {
            // The scores of a row without an image were not kept; the file is rejected for that.
            if (images[row] >= 0)
            {
                scores.Take(scores.Table.RowOf(images[row]), images[row], first + row + 1, _rows, hasLabels: _labels is not null);
            }
        }
    }
}
