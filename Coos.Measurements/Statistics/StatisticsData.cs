using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>True classes and wells of a made-up split; entries draw their predictions from it.</summary>
/// <param name="Actual">True classes.</param>
/// <param name="Clusters">Wells, each of one class.</param>
internal sealed record SplitTruth(byte[] Actual, Clusters Clusters)
{
    public const int ClassCount = 7;

    /// <summary>The sizes of COOS-7's test sets: 90,753 images.</summary>
    public static readonly int[] Sizes = [10_364, 17_021, 32_596, 30_772];

    /// <summary>Images of all classes in turn, in a given number of wells a class.</summary>
    public static SplitTruth Create(int images, int wellsPerClass)
    {
        byte[] actual = [.. Enumerable.Range(0, images).Select(i => (byte)(i % ClassCount))];
        int[] wells = [.. Enumerable.Range(0, images).Select(i => (i % ClassCount * wellsPerClass) + (i / ClassCount % wellsPerClass))];
        return new SplitTruth(actual, new Clusters("well", wells, ClassCount * wellsPerClass));
    }

    /// <summary>Images of classes of seven different sizes, one in 28 of the smallest to seven in 28 of the largest; no wells.</summary>
    public static SplitTruth CreateUneven(int images)
    {
        const int Shares = ClassCount * (ClassCount + 1) / 2;
        byte[] pattern = [.. Enumerable.Range(0, ClassCount).SelectMany(k => Enumerable.Repeat((byte)k, k + 1))];
        return new SplitTruth([.. Enumerable.Range(0, images).Select(i => pattern[i % Shares])], new Clusters("well", [], 0));
    }

    /// <summary>Predictions of which a share is right.</summary>
    public byte[] Predict(double share, ref SplitMix mix)
    {
        var predicted = new byte[Actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            predicted[i] = mix.NextDouble() < share ? Actual[i] : (byte)((Actual[i] + 1) % ClassCount);
        }

        return predicted;
    }
}
