using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures the coverage of the interval of a balanced error for images that are correlated within wells. Each image takes
/// its well's outcome with probability sqrt(ICC) and an independent outcome otherwise, so that two images of a well have the
/// correlation ICC and every image is correct with the same probability.
/// </summary>
internal static class ClusterCoverage
{
    private const int Runs = 1000;
    private const double Right = 0.85;

    /// <summary>The number of images per well.</summary>
    public const int ImagesPerWell = 25;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("wells per class", "ICC", "by well", "per image");
        foreach (var wells in new[] { 8, 16, 40 })
        {
            foreach (var icc in new[] { 0, 0.1, 0.2, 0.3 })
            {
                CoverageMeasurement.WriteRow(
                    wells,
                    FormattableString.Invariant($"{icc}"),
                    CoverageMeasurement.EstimateShare(Runs, seed => Covers(wells, icc, seed, true)),
                    CoverageMeasurement.EstimateShare(Runs, seed => Covers(wells, icc, seed, false))
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
            ? ClusterIntervals.Compute(truth.Actual, predicted, SplitTruth.ClassCount, truth.Clusters)!.BalancedError
            : BalancedErrorInterval.ComputePerImage(ConfusionMatrix.Count(truth.Actual, predicted, SplitTruth.ClassCount));
        return interval.Lower <= 1 - Right && 1 - Right <= interval.Upper;
    }

    /// <summary>Draws predictions with a given accuracy that are correlated within wells.</summary>
    public static ushort[] Predict(SplitTruth truth, double icc, double share, ref SplitMix mix)
    {
        var common = new bool[truth.Clusters.Count];
        for (var g = 0; g < common.Length; g++)
        {
            common[g] = mix.NextDouble() < share;
        }

        var predicted = new ushort[truth.Actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var isRight = mix.NextDouble() < Math.Sqrt(icc) ? common[truth.Clusters.Ids[i]] : mix.NextDouble() < share;
            predicted[i] = (ushort)((truth.Actual[i] + (isRight ? 0 : 1)) % SplitTruth.ClassCount);
        }

        return predicted;
    }
}
