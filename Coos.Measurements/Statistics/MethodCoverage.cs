using System.Globalization;
using Coos.Evaluator.Methods;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures methods over runs: the coverage of the interval of the difference of two methods and of a method's mean, and the
/// false positives of the test.
/// </summary>
/// <remarks>
/// Each run of a method has its own error, normal around the method's with the given standard deviation. Images of a well are
/// alike in all runs of a method: an image takes the well's outcome with probability sqrt(0.1), which is an intra-class
/// correlation of 0.1. Of the others half of the images have one outcome for all runs, and half one for each run.
/// </remarks>
internal static class MethodCoverage
{
    private const int Simulations = 4000;
    private const double Correlation = 0.1;
    private const double SharedByRuns = 0.5;
    private const double First = 0.15;
    private const double Second = 0.12;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader(
            "wells per class",
            "runs",
            "SD over runs, points",
            "difference covered",
            "mean covered",
            "false positives",
            "false positives of the first runs",
            "share of runs in V",
            "width, points"
        );
        foreach (var wells in new[] { 8, 16 })
        {
            foreach (var runs in new[] { 3, 5, 10 })
            {
                foreach (var spread in new[] { 0, 0.005, 0.01, 0.02 })
                {
                    Print(wells, runs, spread);
                }
            }
        }
    }

    private static void Print(int wells, int runs, double spread)
    {
        var truth = SplitTruth.Create(wells * ClusterCoverage.ImagesPerWell * SplitTruth.ClassCount, wells);
        var layout = new MethodLayout([ToLabels(truth)], SplitTruth.ClassCount, "well");
        var outcomes = new MethodOutcome[Simulations];
        Parallel.For(0, Simulations, i => outcomes[i] = Simulate(truth, layout, runs, spread, ((ulong)i + 1) << 32));
        double ShareOf(Func<MethodOutcome, bool> isHit) => (double)outcomes.Count(isHit) / Simulations;
        CoverageMeasurement.WriteRow(
            wells,
            runs,
            (100 * spread).ToString("0.0", CultureInfo.InvariantCulture),
            ShareOf(o => Contains(o.Difference.Interval, First - Second)),
            ShareOf(o => Contains(o.Mean.Interval, First)),
            ShareOf(o => o.P <= 0.05),
            ShareOf(o => o.SingleP <= 0.05),
            outcomes.Average(o => o.Difference.Variance.RunShare),
            (100 * outcomes.Average(o => o.Difference.Interval.Upper - o.Difference.Interval.Lower)).ToString(
                "0.0",
                CultureInfo.InvariantCulture
            )
        );
    }

    private static MethodOutcome Simulate(SplitTruth truth, MethodLayout layout, int runs, double spread, ulong seed)
    {
        var mix = new SplitMix(seed);
        var first = Draw(truth, First, runs, spread, ref mix);
        var same = Draw(truth, First, runs, spread, ref mix);
        var better = Draw(truth, Second, runs, spread, ref mix);
        var method = Encode(layout, first);
        return new MethodOutcome(
            layout.Compare(method, Encode(layout, better)),
            layout.Estimate(method),
            layout.ComputeP(method, Encode(layout, same)),
            PairedComparison.Compute(truth.Actual, first[0], same[0], SplitTruth.ClassCount, truth.Clusters).P
        );
    }

    private static MethodEvidence Encode(MethodLayout layout, ushort[][] runs) => layout.Encode([.. runs.Select(run => (ushort[][])[run])]);

    private static ushort[][] Draw(SplitTruth truth, double error, int runs, double spread, ref SplitMix mix)
    {
        var images = truth.Actual.Length;
        var (ofWell, ofImage) = (new double[truth.Clusters.Count], new double[images]);
        for (var g = 0; g < ofWell.Length; g++)
        {
            ofWell[g] = mix.NextDouble();
        }

        for (var i = 0; i < images; i++)
        {
            ofImage[i] =
                mix.NextDouble() < Math.Sqrt(Correlation) ? ofWell[truth.Clusters.Ids[i]]
                : mix.NextDouble() < SharedByRuns ? mix.NextDouble()
                : double.NaN;
        }

        var drawn = new ushort[runs][];
        for (var run = 0; run < runs; run++)
        {
            var rate = error + (spread * NormalDraw.Next(ref mix));
            drawn[run] = new ushort[images];
            for (var i = 0; i < images; i++)
            {
                var outcome = double.IsNaN(ofImage[i]) ? mix.NextDouble() : ofImage[i];
                drawn[run][i] = (ushort)((truth.Actual[i] + (outcome < rate ? 1 : 0)) % SplitTruth.ClassCount);
            }
        }

        return drawn;
    }

    private static SplitLabels ToLabels(SplitTruth truth)
    {
        var rows = new LabelRows("well");
        for (var i = 0; i < truth.Actual.Length; i++)
        {
            rows.TryAdd(i.ToString("D6", CultureInfo.InvariantCulture), truth.Actual[i], $"w{truth.Clusters.Ids[i]}");
        }

        return rows.ToLabels();
    }

    private static bool Contains(Interval interval, double value) => interval.Lower <= value && value <= interval.Upper;

    private readonly record struct MethodOutcome(MethodEstimate Difference, MethodEstimate Mean, double P, double SingleP);
}
