using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>Boards of ten entries: how often all of their true ranks lie in the intervals at once.</summary>
internal static class RankCoverage
{
    private const int Entries = 10;
    private const int Runs = 1000;
    private const int Images = 2100;

    public static void Print()
    {
        CoverageMeasurement.Head("step between the entries' accuracies", "all true ranks covered");
        foreach (var step in new[] { 0, 0.005, 0.02 })
        {
            CoverageMeasurement.Row(step, CoverageMeasurement.Share(Runs, seed => Covers(step, seed)));
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
            bits[i] = map.Bits(truth.Predict(0.95 - (step * i), ref mix));
        }

        var allRight = map.Bits(truth.Actual);
        var ranks = RankIntervals.Compute(
            [.. bits.Select(b => Test(map, allRight, b).Difference)],
            (i, j) => Test(map, bits[i], bits[j]).P
        );

        // With a step of 0 all are truly equal: any of the ranks 1 to 10 is true, so each interval must hold all.
        return ranks
            .Select((r, i) => step == 0 ? r.Lowest == 1 && r.Highest == Entries : r.Lowest <= i + 1 && i + 1 <= r.Highest)
            .All(held => held);
    }

    private static PairTest Test(CorrectnessMap map, ulong[] a, ulong[] b)
    {
        var (onlyA, onlyB) = (new int[SplitTruth.ClassCount], new int[SplitTruth.ClassCount]);
        map.Count(a, b, onlyA, onlyB);
        return PairTest.Compute(map, onlyA, onlyB);
    }
}
