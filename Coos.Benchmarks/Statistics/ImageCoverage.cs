using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Benchmarks.Statistics;

/// <summary>The interval of a balanced error of seven classes, images independent.</summary>
internal static class ImageCoverage
{
    private const int Runs = 10_000;

    public static void Print()
    {
        CoverageMeasurement.Head("images a class", "sensitivity 50%", "80%", "90%", "95%", "99%");
        foreach (var images in new[] { 20, 50, 200, 1000 })
        {
            double Of(double share) => CoverageMeasurement.Share(Runs, seed => Covers(images, share, seed));
            CoverageMeasurement.Row(images, Of(0.5), Of(0.8), Of(0.9), Of(0.95), Of(0.99));
        }
    }

    private static bool Covers(int images, double share, ulong seed)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(images * SplitTruth.ClassCount, 1);
        var confusion = ConfusionMatrix.Count(truth.Actual, truth.Predict(share, ref mix), SplitTruth.ClassCount);
        var interval = BalancedErrorInterval.PerImage(confusion);
        return interval.Lower <= 1 - share && 1 - share <= interval.Upper;
    }
}
