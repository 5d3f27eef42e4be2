namespace Coos.Evaluator.Statistics;

/// <summary>Where an entry stands, and where it may truly stand.</summary>
/// <param name="Rank">1 is best; entries that are equal share a rank (1, 2, 2, 4).</param>
/// <param name="Lowest">1 + the number of entries that are significantly better.</param>
/// <param name="Highest">The number of entries - the number that are significantly worse.</param>
/// <param name="IsAmongBest">Whether it cannot be distinguished from the best: none is significantly better.</param>
public readonly record struct RankInterval(int Rank, int Lowest, int Highest, bool IsAmongBest);

/// <summary>
/// Simultaneous 95% intervals of ranks from all pairwise tests (Mogstad, Romano, Shaikh and Wilhelm, "Inference for ranks
/// with applications to mobility across neighbourhoods and academic achievement across countries", Review of Economic
/// Studies 91, 2024), with Holm's correction ("A simple sequentially rejective multiple test procedure", Scandinavian
/// Journal of Statistics 6, 1979).
/// </summary>
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
        var (better, worse) = (new int[errors.Count], new int[errors.Count]);
        for (var n = 0; n < pairs.Length; n++)
        {
            var (i, j) = pairs[n];
            if (adjusted[n] <= Level && errors[i] != errors[j])
            {
                worse[errors[i] < errors[j] ? i : j]++;
                better[errors[i] < errors[j] ? j : i]++;
            }
        }

        return [.. errors.Select((error, i) => new RankInterval(
            1 + errors.Count(other => other < error), 1 + better[i], errors.Count - worse[i], better[i] == 0))];
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
