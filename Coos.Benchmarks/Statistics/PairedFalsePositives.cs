using Coos.Evaluator.Statistics;

namespace Coos.Benchmarks.Statistics;

/// <summary>How often two equally good submissions are called different at 5%.</summary>
internal static class PairedFalsePositives
{
    private const int Runs = 4000;
    private const int Wells = 40;

    public static void Print()
    {
        CoverageMeasurement.Head("images a class", "errors", "ICC", "images flip", "wells flip");
        foreach (var (images, error) in new[] { (10, 0.05), (20, 0.1), (100, 0.1), (1000, 0.1) })
        {
            CoverageMeasurement.Row(images, error, 0, CoverageMeasurement.Share(Runs, seed => Differs(images, error, seed)), "");
        }

        foreach (var icc in new[] { 0, 0.1, 0.3 })
        {
            CoverageMeasurement.Row(
                Wells * 25,
                0.15,
                FormattableString.Invariant($"{icc}"),
                CoverageMeasurement.Share(Runs / 4, seed => Differs(icc, seed, false)),
                CoverageMeasurement.Share(Runs / 4, seed => Differs(icc, seed, true)));
        }
    }

    private static bool Differs(int images, double error, ulong seed)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(images * SplitTruth.ClassCount, 1);
        return PairedComparison.Of(truth.Actual, truth.Predict(1 - error, ref mix), truth.Predict(1 - error, ref mix), SplitTruth.ClassCount).P <= 0.05;
    }

    private static bool Differs(double icc, ulong seed, bool byWell)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(Wells * 25 * SplitTruth.ClassCount, Wells);
        var (first, second) = (ClusterCoverage.Predict(truth, icc, ref mix), ClusterCoverage.Predict(truth, icc, ref mix));
        return PairedComparison.Of(truth.Actual, first, second, SplitTruth.ClassCount, byWell ? truth.Clusters : null).P <= 0.05;
    }
}
