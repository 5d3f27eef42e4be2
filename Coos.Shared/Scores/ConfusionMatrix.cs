using System.Runtime.InteropServices;

namespace Coos.Shared.Scores;

/// <summary>
/// The K x K counts of images by true and predicted class, and the metrics computed from them. Only cells with images are kept, so
/// thousands of classes take memory by the number of images.
/// </summary>
public sealed class ConfusionMatrix
{
    /// <summary>Up to this number of classes, a matrix is written as K x K numbers; with more, only the cells with images are.</summary>
    public const int MaximumDense = 255;

    /// <summary>Up to this number of cells, images are counted in a table of all cells, which is faster than sorting them.</summary>
    private const int LargestTable = 1 << 18;

    private readonly int[] _starts;
    private readonly ConfusionCell[] _cells;
    private readonly int[] _images;
    private readonly int[] _correct;

    private ConfusionMatrix(int classCount, ConfusionCell[] cells)
    {
        ClassCount = classCount;
        _cells = cells;
        (_starts, _images, _correct) = (new int[classCount + 1], new int[classCount], new int[classCount]);
        foreach (var cell in cells)
        {
            _starts[cell.Actual + 1]++;
            _images[cell.Actual] += cell.Images;
            _correct[cell.Actual] += cell.Actual == cell.Predicted ? cell.Images : 0;
        }

        for (var k = 0; k < classCount; k++)
        {
            _starts[k + 1] += _starts[k];
            Images += _images[k];
            Correct += _correct[k];
        }
    }

    /// <summary>K, the number of classes of the benchmark; a class may have no images in the split.</summary>
    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Images { get; }

    /// <summary>The number of images predicted correctly.</summary>
    public int Correct { get; }

    /// <summary>The cells with images, by true class, then by predicted class.</summary>
    public ReadOnlySpan<ConfusionCell> Cells => _cells;

    /// <summary>The number of images of class <paramref name="actual"/> predicted as <paramref name="predicted"/>.</summary>
    public int this[int actual, int predicted]
    {
        get
        {
            var (low, high) = (_starts[actual], _starts[actual + 1] - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (_cells[middle].Predicted == predicted)
                {
                    return _cells[middle].Images;
                }

                (low, high) = _cells[middle].Predicted < predicted ? (middle + 1, high) : (low, middle - 1);
            }

            return 0;
        }
    }

    /// <summary>Correct / images, 0..1.</summary>
    public double Accuracy => (double)Correct / Images;

    /// <summary>
    /// 1 - the mean sensitivity over the classes that have images (scikit-learn's <c>1 - balanced_accuracy_score</c>), 0..1.
    /// </summary>
    public double BalancedError
    {
        get
        {
            var sum = 0.0;
            var present = 0;
            for (var k = 0; k < ClassCount; k++)
            {
                if (Sensitivity(k) is { } sensitivity)
                {
                    sum += sensitivity;
                    present++;
                }
            }

            return 1 - (sum / present);
        }
    }

    /// <summary>Counts the pairs of true and predicted classes.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="predicted">Predicted class indices of the same images in the same order.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <exception cref="ArgumentException">The vectors differ in length or are empty.</exception>
    public static ConfusionMatrix Count(ReadOnlySpan<ushort> actual, ReadOnlySpan<ushort> predicted, int classCount)
    {
        if (actual.Length != predicted.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and {predicted.Length} predictions; the numbers must be equal and at least 1.",
                nameof(predicted)
            );
        }

        return (long)classCount * classCount <= LargestTable
            ? CountInTable(actual, predicted, classCount)
            : CountSorted(actual, predicted, classCount);
    }

    /// <summary>Creates the matrix of all counts.</summary>
    /// <param name="rows">K x K counts, <c>[true class][predicted class]</c>.</param>
    public static ConfusionMatrix FromRows(IReadOnlyList<int[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var cells = new List<ConfusionCell>();
        for (var actual = 0; actual < rows.Count; actual++)
        {
            for (var predicted = 0; predicted < rows[actual].Length; predicted++)
            {
                Add(cells, actual, predicted, rows[actual][predicted]);
            }
        }

        return new ConfusionMatrix(rows.Count, [.. cells]);
    }

    /// <summary>Creates the matrix of cells with images.</summary>
    /// <param name="cells">True class, predicted class and number of images of each.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public static ConfusionMatrix FromCells(IReadOnlyList<int[]> cells, int classCount)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var sorted = cells.Select(c => new ConfusionCell(c[0], c[1], c[2])).OrderBy(c => c.Actual).ThenBy(c => c.Predicted);
        return new ConfusionMatrix(classCount, [.. sorted]);
    }

    /// <summary>n_k, the number of images of a class.</summary>
    public int ClassImages(int actual) => _images[actual];

    /// <summary>The number of images of a class that are predicted correctly.</summary>
    public int ClassCorrect(int actual) => _correct[actual];

    /// <summary>s_k, the share of a class's images predicted correctly, 0..1; null if the class has no images.</summary>
    public double? Sensitivity(int actual) => _images[actual] == 0 ? null : (double)_correct[actual] / _images[actual];

    /// <summary>The cells with images of a true class, by predicted class.</summary>
    public ReadOnlySpan<ConfusionCell> RowOf(int actual) => _cells.AsSpan(_starts[actual].._starts[actual + 1]);

    /// <summary>All counts as rows, <c>[actual][predicted]</c>, for few classes.</summary>
    public int[][] ToRows()
    {
        var rows = new int[ClassCount][];
        for (var actual = 0; actual < ClassCount; actual++)
        {
            rows[actual] = new int[ClassCount];
            foreach (var cell in RowOf(actual))
            {
                rows[actual][cell.Predicted] = cell.Images;
            }
        }

        return rows;
    }

    /// <summary>The cells with images: true class, predicted class and number of images of each.</summary>
    public int[][] ToCells() => [.. _cells.Select(c => new[] { c.Actual, c.Predicted, c.Images })];

    private static ConfusionMatrix CountInTable(ReadOnlySpan<ushort> actual, ReadOnlySpan<ushort> predicted, int classCount)
    {
        var counts = new int[classCount * classCount];
        for (var i = 0; i < actual.Length; i++)
        {
            counts[(actual[i] * classCount) + predicted[i]]++;
        }

        var cells = new List<ConfusionCell>();
        for (var key = 0; key < counts.Length; key++)
        {
            Add(cells, key / classCount, key % classCount, counts[key]);
        }

        return new ConfusionMatrix(classCount, [.. cells]);
    }

    private static ConfusionMatrix CountSorted(ReadOnlySpan<ushort> actual, ReadOnlySpan<ushort> predicted, int classCount)
    {
        var counts = new Dictionary<(ushort Actual, ushort Predicted), int>();
        for (var i = 0; i < actual.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (actual[i], predicted[i]), out _)++;
        }

        var cells = counts.Select(c => new ConfusionCell(c.Key.Actual, c.Key.Predicted, c.Value)).ToArray();
        Array.Sort(cells, (a, b) => a.Actual != b.Actual ? a.Actual.CompareTo(b.Actual) : a.Predicted.CompareTo(b.Predicted));
        return new ConfusionMatrix(classCount, cells);
    }

    private static void Add(List<ConfusionCell> cells, int actual, int predicted, int images)
    {
        if (images > 0)
        {
            cells.Add(new ConfusionCell(actual, predicted, images));
        }
    }
}
