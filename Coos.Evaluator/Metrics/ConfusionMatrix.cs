namespace Coos.Evaluator.Metrics;

/// <summary>The K x K counts of images by true and predicted class, and the metrics computed from them.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    private ConfusionMatrix(int classCount, int[] counts)
    {
        ClassCount = classCount;
        _counts = counts;
        for (var k = 0; k < classCount; k++)
        {
            Correct += this[k, k];
            Images += ClassImages(k);
        }
    }

    /// <summary>K, the number of classes of the benchmark; a class may have no images in the split.</summary>
    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Images { get; }

    /// <summary>The number of images predicted correctly.</summary>
    public int Correct { get; }

    /// <summary>The number of images of class <paramref name="actual"/> predicted as <paramref name="predicted"/>.</summary>
    public int this[int actual, int predicted] => _counts[(actual * ClassCount) + predicted];

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
    public static ConfusionMatrix Count(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> predicted, int classCount)
    {
        if (actual.Length != predicted.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"{actual.Length} labels and {predicted.Length} predictions; the numbers must be equal and at least 1.",
                nameof(predicted)
            );
        }

        var counts = new int[classCount * classCount];
        for (var i = 0; i < actual.Length; i++)
        {
            counts[(actual[i] * classCount) + predicted[i]]++;
        }

        return new ConfusionMatrix(classCount, counts);
    }

    /// <summary>n_k, the number of images of a class.</summary>
    public int ClassImages(int actual)
    {
        var sum = 0;
        for (var predicted = 0; predicted < ClassCount; predicted++)
        {
            sum += this[actual, predicted];
        }

        return sum;
    }

    /// <summary>s_k, the share of a class's images predicted correctly, 0..1; null if the class has no images.</summary>
    public double? Sensitivity(int actual)
    {
        var images = ClassImages(actual);
        return images == 0 ? null : (double)this[actual, actual] / images;
    }

    /// <summary>The counts as rows, <c>[actual][predicted]</c>.</summary>
    public int[][] ToRows()
    {
        var rows = new int[ClassCount][];
        for (var actual = 0; actual < ClassCount; actual++)
        {
            rows[actual] = _counts.AsSpan(actual * ClassCount, ClassCount).ToArray();
        }

        return rows;
    }
}
