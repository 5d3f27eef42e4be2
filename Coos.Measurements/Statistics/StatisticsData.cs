using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>The true classes and wells of a synthetic split, from which the predictions of entries are drawn.</summary>
/// <param name="Actual">The true classes.</param>
/// <param name="Clusters">The wells, each of one class.</param>
internal sealed record SplitTruth(ushort[] Actual, Clusters Clusters)
{
    public const int ClassCount = 7;

    /// <summary>The sizes of COOS-7's test sets: 90,753 images.</summary>
    public static readonly int[] Sizes = [10_364, 17_021, 32_596, 30_772];

    /// <summary>Creates images of all classes in turn, with a given number of wells per class.</summary>
    public static SplitTruth Create(int images, int wellsPerClass)
    {
        ushort[] actual = [.. Enumerable.Range(0, images).Select(i => (ushort)(i % ClassCount))];
        int[] wells = [.. Enumerable.Range(0, images).Select(i => (i % ClassCount * wellsPerClass) + (i / ClassCount % wellsPerClass))];
        return new SplitTruth(actual, new Clusters("well", wells, ClassCount * wellsPerClass));
    }

    /// <summary>
    /// Creates images of seven classes of different sizes, from 1/28 of the images for the smallest to 7/28 for the largest;
    /// without wells.
    /// </summary>
    public static SplitTruth CreateUneven(int images)
    {
        const int Shares = ClassCount * (ClassCount + 1) / 2;
        ushort[] pattern = [.. Enumerable.Range(0, ClassCount).SelectMany(k => Enumerable.Repeat((ushort)k, k + 1))];
        return new SplitTruth([.. Enumerable.Range(0, images).Select(i => pattern[i % Shares])], new Clusters("well", [], 0));
    }

    /// <summary>Draws predictions with a given accuracy.</summary>
    public ushort[] Predict(double share, ref SplitMix mix)
    {
        var predicted = new ushort[Actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            predicted[i] = mix.NextDouble() < share ? Actual[i] : (ushort)((Actual[i] + 1) % ClassCount);
        }

        return predicted;
    }
}
