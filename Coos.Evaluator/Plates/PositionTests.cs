using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Plates;

/// <summary>
/// Tests whether the error depends on the position of wells on their plates: at the edge, by row and by column. Positions are permuted
/// among wells of one plate with the same classes, so that neither plates nor classes can look like an effect of the position.
/// </summary>
/// <remarks>
/// Such effects are usual in plates (Brideau, Gunter, Pikounis and Liaw, "Improved statistical methods for hit selection in
/// high-throughput screening", Journal of Biomolecular Screening 8, 2003; Malo, Hanley, Cerquozzi, Pelletier and Nadon, "Statistical
/// practice in high-throughput screening data analysis", Nature Biotechnology 24, 2006). The statistics are studentised, so that the
/// tests also hold where wells at some positions have fewer images (Janssen, "Studentized permutation tests for non-i.i.d.
/// hypotheses", Statistics and Probability Letters 36, 1997; Chung and Romano, "Exact and asymptotically robust permutation tests",
/// Annals of Statistics 41, 2013). p is that of Phipson and Smyth ("Permutation p-values should never be zero", Statistical
/// Applications in Genetics and Molecular Biology 9, 2010).
/// </remarks>
public static class PositionTests
{
    /// <summary>The significance level of the tests, after Holm's correction.</summary>
    public const double Level = 0.05;

    /// <summary>The number of permutations; fewer if there are more than 4,000 wells, so that a test takes a second at most.</summary>
    public const int Permutations = 4999;

    /// <summary>The smallest number of permutations, however many wells there are.</summary>
    public const int MinimumPermutations = 999;

    private const int Work = 20_000_000;

    /// <summary>Tests the three effects.</summary>
    /// <param name="counts">The images and errors of the wells; wells without images or position are left out.</param>
    /// <returns>The tests of edge, rows and columns, in this order, with p adjusted by Holm.</returns>
    public static IReadOnlyList<PositionTest> Compute(WellCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var permutations = Math.Clamp(Work / Math.Max(1, counts.Map.Wells.Count), MinimumPermutations, Permutations);
        PositionTest[] tests = [.. Enum.GetValues<PositionEffect>().Select(e => Compute(counts, e, permutations))];
        var adjusted = RankIntervals.AdjustByHolm([.. tests.Select(t => t.P).OfType<double>()]);
        var next = 0;
        return [.. tests.Select(t => t.P is null ? t : t with { AdjustedP = adjusted[next++] })];
    }

    /// <summary>Tests one effect, without adjusting its p.</summary>
    /// <param name="counts">The images and errors of the wells.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="permutations">B, the number of random permutations.</param>
    public static PositionTest Compute(WellCounts counts, PositionEffect effect, int permutations)
    {
        var sample = PositionSample.Create(counts, effect);
        if (sample.FindReason(Level) is { } reason)
        {
            return new PositionTest
            {
                Effect = effect,
                Untested = reason,
                Wells = sample.Wells,
            };
        }

        var (observed, mix, hits) = (sample.ComputeStatistic(), sample.CreateSeed(), 0);
        var differences = sample.ComputeDifferences();
        for (var i = 0; i < permutations; i++)
        {
            sample.Permute(ref mix);
            hits += sample.ComputeStatistic() >= observed * (1 - Tolerance) ? 1 : 0;
        }

        return new PositionTest
        {
            Effect = effect,
            Wells = sample.Wells,
            Permutations = permutations,
            Statistic = observed,
            P = (1.0 + hits) / (1 + permutations),
            Differences = differences,
        };
    }

    // Equal statistics can differ in their last bits, because they are summed in another order.
    private const double Tolerance = 1e-9;
}
