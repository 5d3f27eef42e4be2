using System.Globalization;
using System.Text;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Reads the elements of arrays whose types and shapes were checked.</summary>
internal sealed class ArrayReader
{
    /// <summary>Room for a whole number, beside that for a text.</summary>
    private const int NumberLength = 24;

    private readonly ArraySet _arrays;
    private readonly int _count;
    private readonly PredictionTarget _target;
    private readonly ProblemList _problems;
    private readonly ImageRows _rows;
    private readonly TableLayout _layout;
    private readonly LabelColumn? _labels;

    /// <summary>The image of each row; -1 for rows without one. Null if the rows are the images in order.</summary>
    private int[]? _images;

    /// <summary>Creates a reader.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="count">The number of rows of each.</param>
    /// <param name="target">What the file is checked against.</param>
    /// <param name="rows">Room for a number per image.</param>
    /// <param name="problems">Receives the problems.</param>
    public ArrayReader(ArraySet arrays, int count, PredictionTarget target, int[] rows, ProblemList problems)
    {
        _arrays = arrays;
        _count = count;
        _target = target;
        _problems = problems;
        _rows = new ImageRows(target, "row", rows, problems);
        _layout = CreateLayout(arrays);
        _labels = arrays.Label is null ? null : new LabelColumn(target, _layout, problems);
    }

    /// <summary>Reads the elements.</summary>
    /// <returns>The predictions; null if there is a problem.</returns>
    /// <exception cref="EndOfStreamException">An array is too short or too long.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public PredictionSet? Read()
    {
        if (_count == 0)
        {
            _rows.ReportNone("the arrays have no rows");
            return null;
        }

        ReadIds();
        if (_arrays.Label is { } labels)
        {
            ReadLabels(labels);
        }

        var scores = _arrays.Scores is null ? null : new ArrayScores(_arrays.Scores, _arrays.AreLogits, _target, _layout, _problems);
        scores?.Read(_count, _images, _rows, hasLabels: _labels is not null);
        return _rows.Complete(_labels)
            ? PredictionSet.Create(_target, _rows.Classes, scores?.Table, _labels, [.. FindWarnings(scores)])
            : null;
    }

    /// <summary>Reads the elements of an array as texts.</summary>
    /// <param name="array">The array of one axis.</param>
    /// <param name="count">The number of its elements.</param>
    /// <param name="read">Receives each text and its position, from 0.</param>
    public static void ReadTexts(NpyArray array, int count, ReadText read)
    {
        var type = array.Header.Type;
        var text = new byte[type.Size + NumberLength];
        array.Read(
            count,
            1,
            (chunk, first) =>
            {
                for (var i = 0; i * type.Size < chunk.Length; i++)
                {
                    var length = NpyNumbers.WriteText(type, chunk.Span.Slice(i * type.Size, type.Size), text);
                    read(text.AsSpan(0, length), first + i);
                }
            }
        );
    }

    /// <summary>Receives a text of an array and its position.</summary>
    public delegate void ReadText(ReadOnlySpan<byte> text, int position);

    private static TableLayout CreateLayout(ArraySet arrays)
    {
        var scores = arrays.Scores?.Name ?? "";
        return new TableLayout(
            "row",
            arrays.Label?.Name ?? PredictionColumns.LabelName,
            k => string.Create(CultureInfo.InvariantCulture, $"{scores}[:, {k}]"),
            scores == ArrayNames.Single ? "save them as the array logits with numpy.savez" : "name the array logits"
        )
        {
            IntegerAdvice = "in NumPy, .astype(int)",
        };
    }

    private void ReadIds()
    {
        if (_arrays.ImageId is not { } ids)
        {
            _rows.MarkAll();
            return;
        }

        var images = new int[_count];
        ReadTexts(
            ids,
            _count,
            (id, position) =>
            {
                var image = _rows.Find(id, position + 1, out var isFirst);
                images[position] = isFirst ? image : -1;
            }
        );
        _images = images;
    }

    private void ReadLabels(NpyArray array)
    {
        var type = array.Header.Type;
        if (type.Kind == NpyKind.Float)
        {
            array.Read(_count, 1, (chunk, first) => ReadFloatLabels(type, chunk.Span, first));
        }
        else if (type.IsInteger)
        {
            array.Read(_count, 1, (chunk, first) => ReadWholeLabels(type, chunk.Span, first));
        }
        else
        {
            ReadTexts(array, _count, (text, position) => SetLabel(_target.Classes.Find(text), text, position));
        }
    }

    private void ReadFloatLabels(NpyType type, ReadOnlySpan<byte> chunk, int first)
    {
        for (var i = 0; i * type.Size < chunk.Length; i++)
        {
            var value = NpyNumbers.ReadFloat(type, chunk.Slice(i * type.Size, type.Size));
            SetLabel(-1, Encoding.UTF8.GetBytes(NpyNumbers.Text(value)), first + i);
        }
    }

    private void ReadWholeLabels(NpyType type, ReadOnlySpan<byte> chunk, int first)
    {
        Span<byte> text = stackalloc byte[NumberLength];
        for (var i = 0; i * type.Size < chunk.Length; i++)
        {
            var element = chunk.Slice(i * type.Size, type.Size);
            var value = NpyNumbers.ReadInteger(type, element);
            var isClass = value >= 0 && value < _target.Classes.Count;
            var length = isClass ? 0 : NpyNumbers.WriteText(type, element, text);
            SetLabel(isClass ? (int)value : -1, text[..length], first + i);
        }
    }

    private void SetLabel(int label, ReadOnlySpan<byte> text, int position)
    {
        label = label >= 0 && _labels!.IsPlain ? label : _labels!.Check(label, text, position + 1);
        var image = _images is null ? position : _images[position];
        if (image >= 0 && label >= 0)
        {
            _rows.SetClass(image, label);
        }
    }

    private IEnumerable<PredictionWarning> FindWarnings(ArrayScores? scores)
    {
        if (_images is null)
        {
            var (first, last) = (_target.Images.Id(0), _target.Images.Id(_count - 1));
            yield return new(
                _target.Split,
                PredictionWarning.RowOrder,
                $"the file has no image ids, so its rows were taken in the order of the split: by the length of the id, then by its bytes, "
                    + $"from {Quote(first)} to {Quote(last)}; add the array {PredictionColumns.ImageIdName} with numpy.savez to be sure"
            );
        }

        if (scores?.FindWarning() is { } decided)
        {
            yield return decided;
        }
    }

    private static string Quote(string id) => Excerpt.Quote(Encoding.UTF8.GetBytes(id));
}
