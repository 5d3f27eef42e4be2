namespace Coos.Evaluator.Consistency;

/// <summary>
/// Orders entries so that similar ones are neighbours: hierarchical clustering by average linkage (Sokal and Michener 1958) with
/// the nearest-neighbour chain (Murtagh, "A survey of recent advances in hierarchical clustering algorithms", Computer Journal
/// 26, 1983), which takes time in proportion to the number of pairs.
/// </summary>
public static class AverageLinkage
{
    /// <summary>Computes the order of the leaves of the tree.</summary>
    /// <param name="table">The entries. The distance of two is 1 - kappa, and 0 where kappa is not defined.</param>
    /// <returns>
    /// The entries' indices in order. Of two clusters that are joined, that of the entry with the smaller index comes first.
    /// </returns>
    public static IReadOnlyList<int> Order(KappaTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var distances = CreateDistances(table);
        var clusters = Enumerable.Range(0, table.Count).Select(i => (List<int>?)[i]).ToArray();
        var chain = new List<int>();
        for (var joined = 1; joined < table.Count; joined++)
        {
            if (chain.Count == 0)
            {
                chain.Add(Array.FindIndex(clusters, c => c is not null));
            }

            Extend(chain, clusters, distances);
            Join(Math.Min(chain[^1], chain[^2]), Math.Max(chain[^1], chain[^2]), clusters, distances);
            chain.RemoveRange(chain.Count - 2, 2);
        }

        return table.Count == 0 ? [] : clusters[0]!;
    }

    private static double[][] CreateDistances(KappaTable table)
    {
        var distances = new double[table.Count][];
        for (var i = 0; i < table.Count; i++)
        {
            distances[i] = new double[table.Count];
            for (var j = 0; j < i; j++)
            {
                distances[i][j] = distances[j][i] = 1 - (table.Get(i, j) ?? 1);
            }
        }

        return distances;
    }

    /// <summary>Adds nearest neighbours to the chain until the last two are each other's nearest.</summary>
    private static void Extend(List<int> chain, List<int>?[] clusters, double[][] distances)
    {
        while (true)
        {
            var last = chain[^1];
            var before = chain.Count > 1 ? chain[^2] : -1;
            var (nearest, distance) = (before, before < 0 ? double.PositiveInfinity : distances[last][before]);
            for (var other = 0; other < clusters.Length; other++)
            {
                if (other != last && clusters[other] is not null && distances[last][other] < distance)
                {
                    (nearest, distance) = (other, distances[last][other]);
                }
            }

            if (nearest == before)
            {
                return;
            }

            chain.Add(nearest);
        }
    }

    /// <summary>Joins two clusters under the lower index, whose first entry is the smaller one.</summary>
    private static void Join(int kept, int dropped, List<int>?[] clusters, double[][] distances)
    {
        double own = clusters[kept]!.Count,
            other = clusters[dropped]!.Count;
        for (var k = 0; k < clusters.Length; k++)
        {
            if (k != kept && k != dropped && clusters[k] is not null)
            {
                distances[kept][k] = distances[k][kept] = ((own * distances[kept][k]) + (other * distances[dropped][k])) / (own + other);
            }
        }

        clusters[kept]!.AddRange(clusters[dropped]!);
        clusters[dropped] = null;
    }
}
