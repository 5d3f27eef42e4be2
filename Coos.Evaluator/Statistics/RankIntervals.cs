using System.Collections;

namespace Coos.Evaluator.Statistics;

/// <summary>Where an entry stands, and where it may truly stand.</summary>
/// <param name="Rank">1 is best; entries that are equal share a rank (1, 2, 2, 4).</param>
/// <param name="Lowest">1 + the number of entries that are surely better.</param>
/// <param name="Highest">The number of entries - the number that are surely worse.</param>
/// <param name="IsAmongBest">Whether it cannot be distinguished from the best: none is significantly better.</param>
public readonly record struct RankInterval(int Rank, int Lowest, int Highest, bool IsAmongBest);

/// <summary>
/// Simultaneous 95% intervals of ranks from all pairwise tests (Mogstad, Romano, Shaikh and Wilhelm, "Inference for ranks
/// with applications to mobility across neighbourhoods and academic achievement across countries", Review of Economic
/// Studies 91, 2024), with Holm's correction ("A simple sequentially rejective multiple test procedure", Scandinavian
/// Journal of Statistics 6, 1979).
/// </summary>
/// <remarks>
/// An entry is surely better than another where it is significantly so, or where it is significantly better than one that
/// is surely better: were A better than B and B than C, A would be better than C, whatever the test of A and C can see.
/// </remarks>
public static class RankIntervals
{
    /// <summary>The chance that any pair is called different though it is not.</summary>
    public const double Level = 0.05;

    /// <summary>Ranks entries by their error, with intervals.</summary>
    /// <param name="errors">The ranking number of each entry, lower is better; only fully scored entries.</param>
    /// <param name="p">The p of the pair (i, j), i below j: any order of calls.</param>
    public static IReadOnlyList<RankInterval> Of(IReadOnlyList<double> errors, Func<int, int, double> p)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(p);
        if (errors.Any(double.IsNaN))
        {
            throw new ArgumentException("An entry without a score cannot be ranked.", nameof(errors));
        }

        var pairs = Enumerable.Range(0, errors.Count)
            .SelectMany(i => Enumerable.Range(i + 1, errors.Count - i - 1).Select(j => (First: i, Second: j)))
            .ToArray();
        var adjusted = Holm([.. pairs.Select(pair => p(pair.First, pair.Second))]);
        var better = SurelyBetter(errors, pairs.Where((pair, n) => adjusted[n] <= Level && errors[pair.First] != errors[pair.Second]));
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

        return [.. errors.Select((error, i) => new RankInterval(
            1 + errors.Count(other => other < error), 1 + above[i], errors.Count - below[i], above[i] == 0))];
    }

    /// <summary>For each entry, which others are surely better.</summary>
    /// <param name="errors">The ranking number of each entry.</param>
    /// <param name="significant">The pairs that differ significantly.</param>
    private static BitArray[] SurelyBetter(IReadOnlyList<double> errors, IEnumerable<(int First, int Second)> significant)
    {
        BitArray[] better = [.. errors.Select(_ => new BitArray(errors.Count))];
        var edges = significant.Select(pair => errors[pair.First] < errors[pair.Second] ? pair : (First: pair.Second, Second: pair.First));

        // From the best down: what is better than the better of two is then known already.
        foreach (var (best, other) in edges.OrderBy(edge => errors[edge.Second]))
        {
            better[other].Or(better[best]);
            better[other][best] = true;
        }

        return better;
    }

    /// <summary>Holm's adjusted p values, in the order given: the j-th smallest of m times m - j + 1, never falling, at most 1.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
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
