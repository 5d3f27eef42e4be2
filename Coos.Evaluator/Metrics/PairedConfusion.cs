using System.Runtime.InteropServices;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Compares the confusion matrices of two submissions on the same images: for each cell, the images that only one of the
/// submissions counts there.
/// </summary>
public sealed class PairedConfusion
{
    private readonly Dictionary<(int Actual, int Predicted), int> _onlyFirst = [];
    private readonly Dictionary<(int Actual, int Predicted), int> _onlySecond = [];
    private readonly int[] _images;
    private readonly int[] _bothRight;
    private readonly double[] _clusterHalfWidths;

    private PairedConfusion(int classCount)
    {
        ClassCount = classCount;
        _images = new int[classCount];
        _bothRight = new int[classCount];
        _clusterHalfWidths = new double[classCount];
    }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Counts the images of two submissions.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">Predictions of the first submission.</param>
    /// <param name="second">Predictions of the second submission.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the images, for the intervals of sensitivities; null for independent images.</param>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static PairedConfusion Count(
        ReadOnlySpan<ushort> actual,
        ReadOnlySpan<ushort> first,
        ReadOnlySpan<ushort> second,
        int classCount,
        Clusters? clusters = null
    )
    {
        if (actual.Length != first.Length || actual.Length != second.Length)
        {
            throw new ArgumentException(
                $"{actual.Length} labels, {first.Length} and {second.Length} predictions; the numbers must be equal.",
                nameof(second)
            );
        }

        var paired = new PairedConfusion(classCount);
        for (var i = 0; i < actual.Length; i++)
        {
            paired._images[actual[i]]++;
            if (first[i] != second[i])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(paired._onlyFirst, (actual[i], first[i]), out _)++;
                CollectionsMarshal.GetValueRefOrAddDefault(paired._onlySecond, (actual[i], second[i]), out _)++;
            }
            else if (first[i] == actual[i])
            {
                paired._bothRight[actual[i]]++;
            }
        }

        if (clusters is not null)
        {
            var layout = new ClusterLayout(actual, classCount, clusters);
            var more = layout.CountDifference(first, second);
            for (var k = 0; k < classCount; k++)
            {
                paired._clusterHalfWidths[k] = layout.ComputeClassVariance(k, more)?.HalfWidth ?? 0;
            }
        }

        return paired;
    }

    /// <summary>n_k, the number of images of a class.</summary>
    public int Images(int actual) => _images[actual];

    /// <summary>The number of images of a class that both predict correctly.</summary>
    public int BothRight(int actual) => _bothRight[actual];

    /// <summary>The number of images of <paramref name="actual"/> that only the first predicts as <paramref name="predicted"/>.</summary>
    public int OnlyFirst(int actual, int predicted) => _onlyFirst.GetValueOrDefault((actual, predicted));

    /// <summary>The number of images of <paramref name="actual"/> that only the second predicts as <paramref name="predicted"/>.</summary>
    public int OnlySecond(int actual, int predicted) => _onlySecond.GetValueOrDefault((actual, predicted));

    /// <summary>The first's count of a cell minus the second's.</summary>
    public int Difference(int actual, int predicted) => OnlyFirst(actual, predicted) - OnlySecond(actual, predicted);

    /// <summary>
    /// The 95% interval of the difference of a cell's share of its row, for independent images; null if the class has no images.
    /// </summary>
    public Interval? CellInterval(int actual, int predicted) =>
        Images(actual) == 0
            ? null
            : PairedProportion.ComputeInterval(OnlyFirst(actual, predicted), OnlySecond(actual, predicted), Images(actual));

    /// <summary>
    /// The 95% interval of the difference of a class's sensitivities, by cluster if clusters are known; null if the class has
    /// no images.
    /// </summary>
    public Interval? SensitivityInterval(int actual) =>
        Images(actual) == 0
            ? null
            : PairedProportion.ComputeInterval(
                OnlyFirst(actual, actual),
                OnlySecond(actual, actual),
                Images(actual),
                _clusterHalfWidths[actual]
            );

    /// <summary>The differences as rows, <c>[actual][predicted]</c>.</summary>
    public int[][] ToRows()
    {
        var classes = Enumerable.Range(0, ClassCount);
        return [.. classes.Select(k => classes.Select(j => Difference(k, j)).ToArray())];
    }
}
