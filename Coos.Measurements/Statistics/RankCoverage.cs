using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>Measures how often the intervals of boards with ten entries cover all true ranks at once.</summary>
internal static class RankCoverage
{
    private const int Entries = 10;
    private const int Runs = 1000;
    private const int Images = 2100;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("step between the entries' accuracies", "all true ranks covered");
        foreach (var step in new[] { 0, 0.005, 0.02 })
        {
            CoverageMeasurement.WriteRow(step, CoverageMeasurement.EstimateShare(Runs, seed => Covers(step, seed)));
        }
    }

    private static bool Covers(double step, ulong seed)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(Images, 1);
        var map = new CorrectnessMap(truth.Actual, SplitTruth.ClassCount);
        var bits = new ulong[Entries][];
        for (var i = 0; i < Entries; i++)
        {
            bits[i] = map.Encode(truth.Predict(0.95 - (step * i), ref mix));
        }

        var allRight = map.Encode(truth.Actual);
        var ranks = RankIntervals.Compute(
            [.. bits.Select(b => Test(map, allRight, b).Difference)],
            (i, j) => Test(map, bits[i], bits[j]).P
        );

        // With a step of 0 all entries are equal: each of the ranks 1 to 10 is true, so each interval must cover all of them.
        return ranks
            .Select((r, i) => step == 0 ? r.Lowest == 1 && r.Highest == Entries : r.Lowest <= i + 1 && i + 1 <= r.Highest)
            .All(isCovered => isCovered);
    }

    private static PairTest Test(CorrectnessMap map, ulong[] a, ulong[] b)
    {
        var (onlyA, onlyB) = (new int[SplitTruth.ClassCount], new int[SplitTruth.ClassCount]);
        map.Count(a, b, onlyA, onlyB);
        return PairTest.Compute(map, onlyA, onlyB);
    }
}
