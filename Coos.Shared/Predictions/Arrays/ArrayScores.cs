using System.Globalization;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Reads an array of probabilities or logits, and checks its rows as those of a text file are checked.</summary>
/// <param name="array">The array, of the shape n x K.</param>
/// <param name="areLogits">Whether they are logits; null if the sums of the rows decide.</param>
/// <param name="target">What the file is checked against.</param>
/// <param name="layout">The words for rows and columns.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ArrayScores(NpyArray array, bool? areLogits, PredictionTarget target, TableLayout layout, ProblemList problems)
{
    private readonly NumberRows _rows = new(
        new ScoreTable(target, layout, areLogits == true, isSingle: array.Header.Type.Size <= sizeof(float), problems)
    );
    private readonly NpyType _type = array.Header.Type;
    private int _count;
    private int _distributions;

    /// <summary>The scores.</summary>
    public ScoreTable Table => _rows.Table;

    /// <summary>Reads the array.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="images">The image of each row, or -1; null if the rows are the images in order.</param>
    /// <param name="found">Receives the classes of the rows.</param>
    /// <param name="hasLabels">Whether labels tell the classes, and are compared.</param>
    public void Read(int count, int[]? images, ImageRows found, bool hasLabels)
    {
        _count = count;
        var isChecked = areLogits is not null && !array.Header.IsFortranOrder;
        if (array.Header.IsFortranOrder)
        {
            ReadColumns(count, images);
        }
        else
        {
            ReadRows(count, images, isChecked ? found : null, hasLabels);
        }

        if (areLogits is null)
        {
            Decide(count);
        }

        for (var row = 0; row < count && !isChecked; row++)
        {
            // The scores of a row without an image were not kept; the file is rejected for that.
            if ((images is null ? row : images[row]) is >= 0 and var image)
            {
                _rows.Take(Table.RowOf(image), image, row + 1, found, hasLabels);
            }
        }
    }

    /// <summary>Says what the sums of the rows decided; null if the name of the array did.</summary>
    public PredictionWarning? FindWarning()
    {
        if (areLogits is not null)
        {
            return null;
        }

        var (kind, other) = Table.AreLogits ? ("logits", "the rest do not") : ("probabilities", "so most of them are distributions");
        return new(
            target.Split,
            PredictionWarning.ScoresBySums,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the array does not say whether it has probabilities or logits; {_distributions:N0} of {_count:N0} rows have numbers from "
            )
                + $"0 to 1 that sum to 1, {other}: it was read as {kind}. Name it {ArrayNames.Probabilities} or {ArrayNames.Logits} "
                + "with numpy.savez to be sure"
        );
    }

    private void ReadRows(int count, int[]? images, ImageRows? found, bool hasLabels)
    {
        var classes = target.Classes.Count;
        var rowBytes = classes * _type.Size;
        array.Read(
            count,
            classes,
            (chunk, first) =>
            {
                for (var at = 0; at < chunk.Length; at += rowBytes, first++)
                {
                    var image = images is null ? first : images[first];
                    var row = Table.Begin(image);
                    NpyNumbers.ReadFloats(_type, chunk.Span.Slice(at, rowBytes), row);
                    if (found is not null)
                    {
                        _rows.Take(row, image, first + 1, found, hasLabels);
                    }
                    else
                    {
                        Table.Store(image);
                    }
                }
            }
        );
    }

    /// <summary>Reads an array whose columns follow each other, one column at a time.</summary>
    private void ReadColumns(int count, int[]? images)
    {
        var classes = target.Classes.Count;
        var column = new double[count];
        array.Read(
            classes,
            count,
            (chunk, first) =>
            {
                for (var at = 0; at < chunk.Length; at += count * _type.Size, first++)
                {
                    NpyNumbers.ReadFloats(_type, chunk.Span.Slice(at, count * _type.Size), column);
                    _rows.Scatter(column, first, images);
                }
            }
        );
    }

    /// <summary>Takes the array as probabilities if at least half of its rows are distributions.</summary>
    private void Decide(int count)
    {
        for (var image = 0; image < count; image++)
        {
            _distributions += NumberRows.IsDistribution(Table.RowOf(image)) ? 1 : 0;
        }

        Table.AreLogits = 2L * _distributions < count;
    }
}
