using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>Measures the coverage of the interval of the difference of two submissions, by well and per image.</summary>
internal static class PairedCoverage
{
    private const int Runs = 2000;
    private const double First = 0.85;
    private const double Second = 0.80;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("wells per class", "ICC", "by well", "per image", "one class, by well", "one class, per image");
        foreach (var wells in new[] { 3, 8, 40 })
        {
            foreach (var icc in new[] { 0, 0.1, 0.3 })
            {
                var hits = new int[4];
                Parallel.For(0, Runs, i => Count(wells, icc, ((ulong)i + 1) << 32, hits));
                CoverageMeasurement.WriteRow([
                    wells,
                    FormattableString.Invariant($"{icc}"),
                    .. hits.Select(h => (object)((double)h / Runs)),
                ]);
            }
        }
    }

    private static void Count(int wells, double icc, ulong seed, int[] hits)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(wells * ClusterCoverage.ImagesPerWell * SplitTruth.ClassCount, wells);
        var (first, second) = (ClusterCoverage.Predict(truth, icc, First, ref mix), ClusterCoverage.Predict(truth, icc, Second, ref mix));
        Clusters?[] units = [truth.Clusters, null];
        for (var unit = 0; unit < units.Length; unit++)
        {
            Interval[] intervals =
            [
                PairedComparison.Compute(truth.Actual, first, second, SplitTruth.ClassCount, units[unit]).Interval,
                PairedConfusion.Count(truth.Actual, first, second, SplitTruth.ClassCount, units[unit]).SensitivityInterval(0)!.Value,
            ];
            for (var i = 0; i < intervals.Length; i++)
            {
                if (intervals[i].Lower <= First - Second && First - Second <= intervals[i].Upper)
                {
                    Interlocked.Increment(ref hits[(2 * i) + unit]);
                }
            }
        }
    }
}
