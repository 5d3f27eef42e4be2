using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics;

/// <summary>Measures the coverage of the intervals of a gap and of the mean of two test sets, for independent images.</summary>
internal static class GapCoverage
{
    private const int Runs = 5000;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("images per class", "accuracy on the reference", "accuracy under shift", "gap", "mean of both");
        foreach (var images in new[] { 20, 50, 200 })
        {
            foreach (var (reference, shifted) in new[] { (0.99, 0.95), (0.95, 0.85), (0.9, 0.6) })
            {
                var hits = new int[2];
                Parallel.For(
                    0,
                    Runs,
                    i => Count(SplitTruth.Create(images * SplitTruth.ClassCount, 1), reference, shifted, ((ulong)i + 1) << 32, hits)
                );
                CoverageMeasurement.WriteRow(images, reference, shifted, (double)hits[0] / Runs, (double)hits[1] / Runs);
            }
        }
    }

    private static void Count(SplitTruth truth, double reference, double shifted, ulong seed, int[] hits)
    {
        var mix = new SplitMix(seed);
        var (before, own) = (Score(truth, reference, ref mix), Score(truth, shifted, ref mix));
        Interval[] intervals =
        [
            Generalisation.ComputeGapInterval(own.Error, own.Interval, before.Error, before.Interval),
            Generalisation.ComputeMeanInterval([(0.5, own.Error, own.Interval), (0.5, before.Error, before.Interval)]),
        ];
        double[] truths = [reference - shifted, 1 - ((reference + shifted) / 2)];
        for (var i = 0; i < hits.Length; i++)
        {
            if (intervals[i].Lower <= truths[i] && truths[i] <= intervals[i].Upper)
            {
                Interlocked.Increment(ref hits[i]);
            }
        }
    }

    private static (double Error, Interval Interval) Score(SplitTruth truth, double right, ref SplitMix mix)
    {
        var matrix = ConfusionMatrix.Count(truth.Actual, truth.Predict(right, ref mix), SplitTruth.ClassCount);
        return (matrix.BalancedError, BalancedErrorInterval.ComputePerImage(matrix));
    }
}
