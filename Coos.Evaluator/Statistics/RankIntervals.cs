using System.Collections;

namespace Coos.Evaluator.Statistics;

/// <summary>The rank of an entry with its interval.</summary>
/// <param name="Rank">1 is best; equal entries share a rank (1, 2, 2, 4).</param>
/// <param name="Lowest">1 + the number of entries that are significantly better.</param>
/// <param name="Highest">The number of entries - the number that are significantly worse.</param>
/// <param name="IsAmongBest">Whether no entry is significantly better.</param>
public readonly record struct RankInterval(int Rank, int Lowest, int Highest, bool IsAmongBest);

/// <summary>
/// Simultaneous 95% intervals of ranks from all pairwise tests (Mogstad, Romano, Shaikh and Wilhelm, "Inference for ranks
/// with applications to mobility across neighbourhoods and academic achievement across countries", Review of Economic
/// Studies 91, 2024), with Holm's correction ("A simple sequentially rejective multiple test procedure", Scandinavian
/// Journal of Statistics 6, 1979).
/// </summary>
/// <remarks>
/// "Significantly better" is closed under transitivity: if A is significantly better than B and B than C, then A counts as
/// significantly better than C even if the test of A and C does not show it.
/// </remarks>
public static class RankIntervals
{
    /// <summary>The familywise error rate: the probability of at least one false positive among all pairs.</summary>
    public const double Level = 0.05;

    /// <summary>Computes the ranks of entries and their intervals.</summary>
    /// <param name="errors">The ranking metric of each fully scored entry; lower is better.</param>
    /// <param name="p">Returns the p of the pair (i, j), i below j; called in any order.</param>
    /// <exception cref="ArgumentException">An error is NaN.</exception>
    public static IReadOnlyList<RankInterval> Compute(IReadOnlyList<double> errors, Func<int, int, double> p)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(p);
        if (errors.Any(double.IsNaN))
        {
            throw new ArgumentException("An entry without a score cannot be ranked.", nameof(errors));
        }

        var pairs = new double[errors.Count * (errors.Count - 1) / 2];
        var next = 0;
        for (var i = 0; i < errors.Count; i++)
        {
            for (var j = i + 1; j < errors.Count; j++)
            {
                pairs[next++] = p(i, j);
            }
        }

        var better = FindBetter(errors, pairs, FindLargestSignificant(pairs));
        var (above, below) = (new int[errors.Count], new int[errors.Count]);
        for (var i = 0; i < errors.Count; i++)
        {
            for (var j = 0; j < errors.Count; j++)
            {
                var isBetter = better[i][j] ? 1 : 0;
                above[i] += isBetter;
                below[j] += isBetter;
            }
        }

        return
        [
            .. errors.Select(
                (error, i) =>
                    new RankInterval(1 + errors.Count(other => other < error), 1 + above[i], errors.Count - below[i], above[i] == 0)
            ),
        ];
    }

    /// <summary>
    /// Finds the largest p that is significant by Holm's correction; -1 if none is. A p is significant exactly if it is not larger,
    /// so the others, which are most of half a million on a large board, need no order.
    /// </summary>
    private static double FindLargestSignificant(double[] pairs)
    {
        double[] low = [.. pairs.Where(p => p <= Level)];
        Array.Sort(low);
        var largest = -1.0;
        for (var rank = 0; rank < low.Length && low[rank] * (pairs.Length - rank) <= Level; rank++)
        {
            largest = low[rank];
        }

        return largest;
    }

    /// <summary>Finds, for each entry, the others that are significantly better.</summary>
    /// <param name="errors">The ranking metric of each entry.</param>
    /// <param name="pairs">The p of each pair (i, j), i below j, ordered by i and j.</param>
    /// <param name="limit">The largest p that is significant.</param>
    private static BitArray[] FindBetter(IReadOnlyList<double> errors, double[] pairs, double limit)
    {
        BitArray[] better = [.. errors.Select(_ => new BitArray(errors.Count))];
        int[] order = [.. Enumerable.Range(0, errors.Count).OrderBy(i => errors[i])];

        // From the best entry down, so that the entries better than the better one of a pair are already known.
        foreach (var other in order)
        {
            foreach (var best in order)
            {
                if (errors[best] >= errors[other])
                {
                    break;
                }

                var (low, high) = (Math.Min(best, other), Math.Max(best, other));
                if (pairs[(low * (errors.Count - 1)) - (low * (low - 1) / 2) + high - low - 1] <= limit)
                {
                    better[other].Or(better[best]);
                    better[other][best] = true;
                }
            }
        }

        return better;
    }

    /// <summary>
    /// Computes Holm's adjusted p values in the given order: the j-th smallest of m times m - j + 1, never decreasing, at most 1.
    /// </summary>
    public static double[] AdjustByHolm(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        var adjusted = new double[p.Count];
        var largest = 0.0;
        var rank = 0;
        foreach (var i in Enumerable.Range(0, p.Count).OrderBy(i => p[i]))
        {
            largest = Math.Max(largest, Math.Min(1, p[i] * (p.Count - rank++)));
            adjusted[i] = largest;
        }

        return adjusted;
    }
}
