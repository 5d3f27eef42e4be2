using Coos.Shared.Labels;
using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>Reads what a manifest says of metrics and groups: <c>ranking</c>, <c>metrics</c>, <c>groups</c> and <c>cluster</c>.</summary>
internal static class RankingReader
{
    private const string Names = "splits";

    /// <summary>Reads <c>ranking</c>. By default the leaderboard ranks by the balanced error on the shifted splits.</summary>
    public static Ranking Read(ManifestNode root, IReadOnlyList<Split> splits, IReadOnlyList<string> groups)
    {
        string[] shifted = [.. splits.Where(s => s.Role == SplitRole.Shifted).Select(s => s.Name)];
        string[] tests = [.. splits.Where(s => s.Role != SplitRole.Training).Select(s => s.Name)];
        var ranking = new Ranking(MetricId.BalancedError, shifted.Length > 0 ? shifted : tests) { Group = FirstOf(groups) };
        if (root.Optional("ranking") is { } node)
        {
            node.AllowOnly("metric", Names, "group", "k", "percentile");
            ranking = ranking with
            {
                Metric = node.Optional("metric") is { } metric ? ReadMetric(metric) : MetricId.BalancedError,
                Group = ReadGroup(node, groups),
                K = node.Number("k", 1, ManifestReader.MaximumClasses) ?? Ranking.DefaultK,
                Percentile = node.Number("percentile", 1, 99) ?? Ranking.DefaultPercentile,
            };
            ranking = ReadSplits(node, ranking, tests, [.. splits.Select(s => s.Name)]);
            RequireGroup(node, ranking.Metric, ranking);
        }

        if (ranking.Splits.Count == 0 && splits.Count > 0)
        {
            root.Report("there is no test split to rank by; set the role of a split to inDistribution or shifted");
        }

        return ranking;
    }

    /// <summary>Reads <c>metrics</c>, the metrics that are shown besides that of the ranking.</summary>
    public static IReadOnlyList<MetricId> ReadMetrics(ManifestNode root, Ranking ranking)
    {
        var metrics = new List<MetricId>();
        foreach (var node in root.Items("metrics"))
        {
            var metric = ReadMetric(node);
            RequireGroup(node, metric, ranking);
            if (metrics.Contains(metric))
            {
                node.Report($"\"{MetricInfo.Get(metric).Name}\" is named twice; remove one of the two");
            }
            else
            {
                metrics.Add(metric);
            }
        }

        return metrics;
    }

    /// <summary>Reads <c>groups</c>, the label columns by whose values scores are given.</summary>
    public static IReadOnlyList<string> ReadGroups(ManifestNode root)
    {
        var groups = new List<string>();
        foreach (var node in root.Items("groups"))
        {
            var name = node.Text();
            CheckColumn(node, name);
            if (groups.Contains(name))
            {
                node.Report($"\"{name}\" is named twice; remove one of the two");
            }

            groups.Add(name);
        }

        return groups;
    }

    /// <summary>Reads an optional name of a label column.</summary>
    public static string? ReadColumn(ManifestNode root, string property)
    {
        if (root.Optional(property) is not { } node)
        {
            return null;
        }

        var name = node.Text();
        CheckColumn(node, name);
        return name;
    }

    /// <summary>Reports a metric without bounds of a benchmark that shows values only in steps, of which there must be few.</summary>
    public static void RequireBound(ManifestNode root, Ranking ranking, bool isLimited)
    {
        if (isLimited && ranking.Info.Scale != MetricScale.Share)
        {
            var bound = ranking.Info.Scale == MetricScale.Loss ? "has no upper bound" : "is not between 0 and 1";
            root.Optional("ranking")
                ?.Report(
                    $"{ranking.Info.Name} {bound}; a benchmark that guards its labels ranks by a metric between 0 and 1; "
                        + "choose another one, or set disclosure to \"open\""
                );
        }
    }

    private static string? FirstOf(IReadOnlyList<string> groups) => groups.Count > 0 ? groups[0] : null;

    private static void CheckColumn(ManifestNode node, string name)
    {
        if (!MetadataColumn.IsName(name))
        {
            node.Report($"\"{name}\" is not a valid column name; use {MetadataColumn.AllowedNames}");
        }
    }

    private static MetricId ReadMetric(ManifestNode node)
    {
        var name = node.Text();
        if (MetricInfo.Find(name) is { Id: not MetricId.Composite } metric)
        {
            return metric.Id;
        }

        var allowed = MetricInfo.All.Where(m => m.Id != MetricId.Composite).Select(m => m.Name);
        node.Report($"\"{name}\" is not a metric; allowed: {string.Join(", ", allowed)}");
        return MetricId.BalancedError;
    }

    private static string? ReadGroup(ManifestNode node, IReadOnlyList<string> groups)
    {
        if (node.Optional("group") is not { } group)
        {
            return FirstOf(groups);
        }

        var name = group.Text();
        if (!groups.Contains(name))
        {
            var allowed = groups.Count == 0 ? "name the column in groups first" : $"allowed: {string.Join(", ", groups)}";
            group.Report($"\"{name}\" is not one of the groups of this benchmark; {allowed}");
        }

        return name;
    }

    private static void RequireGroup(ManifestNode node, MetricId metric, Ranking ranking)
    {
        var info = MetricInfo.Get(metric);
        if (info.NeedsGroup && ranking.Group is null)
        {
            node.Report($"{info.Name} needs groups of images; name a label column in groups, such as \"groups\": [\"hospital\"]");
        }
    }

    /// <summary>Reads the ranking splits: a list of names, or an object of their weights or of the weights of their metrics.</summary>
    private static Ranking ReadSplits(ManifestNode node, Ranking ranking, string[] tests, string[] all)
    {
        var weighted = node.Optional(Names) is { } splits && splits.IsObject() ? splits : (ManifestNode?)null;
        var named = weighted?.Members() ?? [.. node.Items(Names).Select(n => (Node: n, Name: n.Text()))];
        foreach (var (item, name) in named.Where(n => !tests.Contains(n.Name)))
        {
            item.Report($"\"{name}\" is not a test split; allowed: {string.Join(", ", tests)}");
        }

        return weighted is { } mixed ? MixtureReader.Read(mixed, ranking, all)
            : named.Count == 0 ? ranking
            : ranking with { Splits = [.. named.Select(n => n.Name).Distinct()] };
    }
}
