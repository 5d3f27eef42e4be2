using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>
/// <c>coverage --tables plates</c>: wells within plates. Each plate has an effect on all its wells, and each well one of its own. By well,
/// the interval holds for these plates only; by plate it holds for others too.
/// </summary>
internal static class PlateCoverage
{
    private const int Runs = 1000;
    private const int Classes = 7;
    private const int WellsPerPlate = 4;
    private const int Images = 20;
    private const double Error = 0.15;
    private const double WellIcc = 0.05;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader(
            "plates",
            "ICC of plates",
            "other plates, by well",
            "other plates, by plate",
            "these plates, by well"
        );
        foreach (var plates in new[] { 1, 2, 4, 5, 8, 16 })
        {
            foreach (var icc in new[] { 0.02, 0.1 })
            {
                var counts = new int[3];
                Parallel.For(0, Runs, i => Count(plates, icc, ((ulong)i + 1) << 32, counts));
                CoverageMeasurement.WriteRow(
                    plates,
                    FormattableString.Invariant($"{icc}"),
                    (double)counts[0] / Runs,
                    plates < ClusterIntervals.MinClusters ? "none" : (double)counts[1] / Runs,
                    (double)counts[2] / Runs
                );
            }
        }
    }

    private static void Count(int plates, double icc, ulong seed, int[] counts)
    {
        var mix = new SplitMix(seed);
        var (actual, wells, onPlate, wrong) = (new List<ushort>(), new List<int>(), new List<int>(), new List<bool>());
        double[] errors = [.. Enumerable.Range(0, plates).Select(_ => Draw(Error, icc, ref mix))];
        for (var plate = 0; plate < plates; plate++)
        {
            for (var well = 0; well < WellsPerPlate * Classes; well++)
            {
                var error = Draw(errors[plate], WellIcc, ref mix);
                for (var i = 0; i < Images; i++)
                {
                    actual.Add((ushort)(well % Classes));
                    wells.Add((plate * WellsPerPlate * Classes) + well);
                    onPlate.Add(plate);
                    wrong.Add(mix.NextDouble() < error);
                }
            }
        }

        ushort[] predicted = [.. actual.Zip(wrong, (k, isWrong) => (ushort)(isWrong ? (k + 1) % Classes : k))];
        var confusion = ConfusionMatrix.Count([.. actual], predicted, Classes);
        var byWell = Limit(new Clusters("well", [.. wells], plates * WellsPerPlate * Classes));
        Count(ref counts[0], byWell, Error);
        Count(ref counts[2], byWell, errors.Average());
        if (plates >= ClusterIntervals.MinClusters)
        {
            Count(ref counts[1], Limit(new Clusters("plate", [.. onPlate], plates)), Error);
        }

        Interval Limit(Clusters clusters)
        {
            var layout = new ClusterLayout([.. actual], Classes, clusters);
            return ClusterIntervals.ComputeBalancedError(layout, confusion, layout.CountErrors(predicted)).Interval;
        }
    }

    private static double Draw(double error, double icc, ref SplitMix mix)
    {
        var size = (1 - icc) / icc;
        return error is > 1e-9 and < 1 - 1e-9 ? IncompleteBeta.Quantile(mix.NextDouble() + 1e-12, error * size, (1 - error) * size) : error;
    }

    private static void Count(ref int hits, Interval interval, double truth)
    {
        if (interval.Lower <= truth && truth <= interval.Upper)
        {
            Interlocked.Increment(ref hits);
        }
    }
}
