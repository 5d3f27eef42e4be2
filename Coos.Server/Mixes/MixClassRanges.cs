using Coos.Evaluator.Mixes;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>Finds, for each class, which entries are best while its weight grows.</summary>
internal static class MixClassRanges
{
    /// <summary>Finds the ranges of all classes with images; of two classes one line says all.</summary>
    /// <param name="input">The splits and the mix, whose costs apply.</param>
    /// <param name="layout">The layout of the splits.</param>
    /// <param name="scored">The entries with predictions.</param>
    public static IReadOnlyList<MixClassRange> Find(MixInput input, MixLayout layout, IReadOnlyList<MixScoredEntry> scored)
    {
        ClassLabel[] present = [.. input.Board.Benchmark.Classes.Where(c => layout.Splits.All(s => s.ClassImages[c.Index] > 0))];
        if (scored.Count == 0 || present.Length < 2)
        {
            return [];
        }

        // The errors of each entry: per class the mean over the splits, and the sum of these.
        double[][] errors = [.. scored.Select(e => present.Select(c => ComputeMean(layout, e.Score, c.Index)).ToArray())];
        double[] sums = [.. errors.Select(e => e.Sum())];
        IEnumerable<int> shown = present.Length == 2 ? [1] : Enumerable.Range(0, present.Length);
        var from = present.Length == 2 ? 0 : 1.0 / present.Length;
        return [.. shown.Select(k => Find(present, k, from, errors, sums, scored))];
    }

    private static MixClassRange Find(
        ClassLabel[] present,
        int k,
        double from,
        double[][] errors,
        double[] sums,
        IReadOnlyList<MixScoredEntry> scored
    )
    {
        double[] own = [.. errors.Select(e => e[k])];
        double[] others = [.. errors.Select((e, i) => (sums[i] - e[k]) / (present.Length - 1))];
        var ranges = MixRange.Find(others, own, from).Select(r => new MixBest(scored[r.Entry].Row.Entry, r.From, r.To));
        return new MixClassRange(present[k], from, [.. ranges]);
    }

    private static double ComputeMean(MixLayout layout, MixedScore score, int k) =>
        Enumerable.Range(0, layout.Splits.Count).Average(s => score.ClassError(s, k)!.Value);
}
