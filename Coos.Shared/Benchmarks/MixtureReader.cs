using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>
/// Reads <c>ranking.splits</c> as an object: the weight of each split, or the weights of its metrics, as in
/// <c>{ "test1": { "macroF1": 0.5, "accuracy": 0.5 }, "test2": 1 }</c>.
/// </summary>
internal static class MixtureReader
{
    /// <summary>Reads the weights of splits and the metrics of each.</summary>
    /// <param name="splits">The object.</param>
    /// <param name="ranking">The ranking, whose metric is that of splits with a number.</param>
    /// <param name="all">The names of all splits of the benchmark.</param>
    /// <returns>The ranking with weights, and with a mixture if a split has several metrics.</returns>
    public static Ranking Read(ManifestNode splits, Ranking ranking, IReadOnlyList<string> all)
    {
        var parts = splits.Members().ToDictionary(m => m.Name, m => ReadParts(m.Node, ranking.Metric));
        if (parts.Count == 0)
        {
            return ranking;
        }

        double[] weights = [.. parts.Values.Select(p => p.Sum(part => part.Weight))];
        var weighted = ranking with { Splits = [.. parts.Keys], Weights = weights.Distinct().Count() > 1 ? weights : null };
        if (splits.Members().All(m => !m.Node.IsObject()))
        {
            return weighted;
        }

        RequireMixable(splits, ranking.Metric);
        var mean = ToShares(parts.Values.SelectMany(p => p));
        return weighted with
        {
            Metric = MetricId.Composite,
            Mixture = all.ToDictionary<string, string, IReadOnlyList<MetricShare>>(
                s => s,
                s => parts.TryGetValue(s, out var own) ? ToShares(own) : mean
            ),
        };
    }

    private static List<(MetricId Metric, double Weight)> ReadParts(ManifestNode node, MetricId metric)
    {
        if (!node.IsObject())
        {
            return [(metric, node.Weight())];
        }

        var parts = new List<(MetricId, double)>();
        foreach (var (child, name) in node.Members())
        {
            var weight = child.Weight();
            if (MetricInfo.Find(name) is { } info && MetricShare.Mixable.Contains(info))
            {
                parts.Add((info.Id, weight));
            }
            else
            {
                child.Report($"\"{name}\" {DescribeRefused(name)}; allowed: {Allowed}");
            }
        }

        if (parts.Count == 0 && node.Members().Count == 0)
        {
            node.Report($"no metric; name metrics with their weights, such as \"accuracy\": 1; allowed: {Allowed}");
        }

        return parts.Count > 0 ? parts : [(metric, 1)];
    }

    /// <summary>Reports a ranking metric of splits with a number that cannot be mixed with the metrics of other splits.</summary>
    private static void RequireMixable(ManifestNode splits, MetricId metric)
    {
        var info = MetricInfo.Get(metric);
        foreach (var (node, _) in splits.Members().Where(m => !m.Node.IsObject() && !MetricShare.Mixable.Contains(info)))
        {
            node.Report($"the ranking metric {info.Name} {DescribeRefused(info.Name)}; name the metrics of this split; allowed: {Allowed}");
        }
    }

    private static string Allowed => string.Join(", ", MetricShare.Mixable.Select(m => m.Name));

    private static string DescribeRefused(string name) =>
        MetricInfo.Find(name) switch
        {
            null or { Id: MetricId.Composite } => "is not a metric",
            { Scale: MetricScale.Share } => "cannot be mixed, because it is of a part of the images that predictions choose",
            _ => "is not between 0 and 1, so it cannot be mixed with others",
        };

    private static MetricShare[] ToShares(IEnumerable<(MetricId Metric, double Weight)> parts)
    {
        var sums = parts.GroupBy(p => p.Metric).Select(g => (g.Key, Weight: g.Sum(p => p.Weight))).ToList();
        var total = sums.Sum(s => s.Weight);
        return [.. sums.Select(s => new MetricShare(s.Key, s.Weight / total))];
    }
}
