using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Two submissions on the same images, cell by cell of their confusion matrices: which images only one of them puts there.
/// The difference of the two matrices is their difference.
/// </summary>
public sealed class PairedConfusion
{
    private readonly int[] _onlyFirst;
    private readonly int[] _onlySecond;
    private readonly int[] _images;
    private readonly int[] _bothRight;
    private readonly double[] _clusterHalfWidths;

    private PairedConfusion(int classCount)
    {
        ClassCount = classCount;
        _onlyFirst = new int[classCount * classCount];
        _onlySecond = new int[classCount * classCount];
        _images = new int[classCount];
        _bothRight = new int[classCount];
        _clusterHalfWidths = new double[classCount];
    }

    /// <summary>K.</summary>
    public int ClassCount { get; }

    /// <summary>Counts.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">The first's predictions.</param>
    /// <param name="second">The second's predictions.</param>
    /// <param name="classCount">K.</param>
    /// <param name="clusters">Clusters of the images, by which the intervals of sensitivities are made; null takes images for independent.</param>
    public static PairedConfusion Count(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int classCount, Clusters? clusters = null)
    {
        if (actual.Length != first.Length || actual.Length != second.Length)
        {
            throw new ArgumentException($"{actual.Length} labels, {first.Length} and {second.Length} predictions; there must be as many of each.", nameof(second));
        }

        var paired = new PairedConfusion(classCount);
        for (var i = 0; i < actual.Length; i++)
        {
            paired._images[actual[i]]++;
            if (first[i] != second[i])
            {
                paired._onlyFirst[(actual[i] * classCount) + first[i]]++;
                paired._onlySecond[(actual[i] * classCount) + second[i]]++;
            }
            else if (first[i] == actual[i])
            {
                paired._bothRight[actual[i]]++;
            }
        }

        if (clusters is not null)
        {
            var cells = new PairedCells(actual, first, second, classCount, clusters);
            for (var k = 0; k < classCount; k++)
            {
                paired._clusterHalfWidths[k] = cells.Variance(k)?.HalfWidth ?? 0;
            }
        }

        return paired;
    }

    /// <summary>n_k, the images of a class.</summary>
    public int Images(int actual) => _images[actual];

    /// <summary>The images of a class that both are right about.</summary>
    public int BothRight(int actual) => _bothRight[actual];

    /// <summary>The images of <paramref name="actual"/> that only the first takes for <paramref name="predicted"/>.</summary>
    public int OnlyFirst(int actual, int predicted) => _onlyFirst[(actual * ClassCount) + predicted];

    /// <summary>The images of <paramref name="actual"/> that only the second takes for <paramref name="predicted"/>.</summary>
    public int OnlySecond(int actual, int predicted) => _onlySecond[(actual * ClassCount) + predicted];

    /// <summary>The first's count of a cell minus the second's.</summary>
    public int Difference(int actual, int predicted) => OnlyFirst(actual, predicted) - OnlySecond(actual, predicted);

    /// <summary>The 95% interval of the difference of a cell's shares of its row, images taken as independent; null where the class has no images.</summary>
    public Interval? CellInterval(int actual, int predicted) =>
        Images(actual) == 0 ? null : PairedProportion.IntervalOf(OnlyFirst(actual, predicted), OnlySecond(actual, predicted), Images(actual));

    /// <summary>The 95% interval of the difference of a class's sensitivities, by cluster where those are known; null where the class has no images.</summary>
    public Interval? SensitivityInterval(int actual) =>
        Images(actual) == 0 ? null : PairedProportion.IntervalOf(OnlyFirst(actual, actual), OnlySecond(actual, actual), Images(actual), _clusterHalfWidths[actual]);

    /// <summary>The differences as rows, <c>[actual][predicted]</c>.</summary>
    public int[][] ToRows() => [.. Enumerable.Range(0, ClassCount).Select(k => Enumerable.Range(0, ClassCount).Select(j => Difference(k, j)).ToArray())];
}
