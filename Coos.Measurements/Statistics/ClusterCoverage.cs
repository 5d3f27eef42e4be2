using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// The same with wells that are alike inside: each image takes its well's outcome with probability sqrt(ICC), else one of its
/// own, so that two images of a well correlate by ICC and every image is right with the same probability.
/// </summary>
internal static class ClusterCoverage
{
    private const int Runs = 1000;
    private const double Right = 0.85;

    /// <summary>The images of a well.</summary>
    public const int ImagesPerWell = 25;

    public static void Print()
    {
        CoverageMeasurement.Head("wells a class", "ICC", "by well", "per image");
        foreach (var wells in new[] { 8, 16, 40 })
        {
            foreach (var icc in new[] { 0, 0.1, 0.2, 0.3 })
            {
                CoverageMeasurement.Row(
                    wells,
                    FormattableString.Invariant($"{icc}"),
                    CoverageMeasurement.Share(Runs, seed => Covers(wells, icc, seed, true)),
                    CoverageMeasurement.Share(Runs, seed => Covers(wells, icc, seed, false))
                );
            }
        }
    }

    private static bool Covers(int wells, double icc, ulong seed, bool byWell)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(wells * ImagesPerWell * SplitTruth.ClassCount, wells);
        var predicted = Predict(truth, icc, Right, ref mix);
        var interval = byWell
            ? ClusterBootstrap.Compute(truth.Actual, predicted, SplitTruth.ClassCount, truth.Clusters)!.BalancedError
            : BalancedErrorInterval.PerImage(ConfusionMatrix.Count(truth.Actual, predicted, SplitTruth.ClassCount));
        return interval.Lower <= 1 - Right && 1 - Right <= interval.Upper;
    }

    /// <summary>Predictions of which a share is right, alike within wells.</summary>
    public static byte[] Predict(SplitTruth truth, double icc, double share, ref SplitMix mix)
    {
        var common = new bool[truth.Clusters.Count];
        for (var g = 0; g < common.Length; g++)
        {
            common[g] = mix.NextDouble() < share;
        }

        var predicted = new byte[truth.Actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var isRight = mix.NextDouble() < Math.Sqrt(icc) ? common[truth.Clusters.Ids[i]] : mix.NextDouble() < share;
            predicted[i] = (byte)((truth.Actual[i] + (isRight ? 0 : 1)) % SplitTruth.ClassCount);
        }

        return predicted;
    }
}
