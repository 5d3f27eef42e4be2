using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// <c>coverage --tables metrics</c>: the coverage of the interval of each metric, and the false positives of its paired test between two
/// equally good entries.
/// </summary>
internal static class MetricCoverage
{
    private const int Runs = 2000;
    private const int TruthImages = 400_000;

    private static readonly MetricDesign[] Designs =
    [
        new("2 classes, 400 images", 2, 200, 1, true, 0, 1.9),
        new("7 classes, 700 images", 7, 100, 1, true, 0, 2.3),
        new("20 classes, 1,000 images", 20, 50, 1, true, 0, 2.6),
        new("7 classes, 16 wells each", 7, 16, 12, false, 0.5, 2.3),
        new("2 classes, 20 wells each", 2, 20, 15, false, 0.5, 1.9),
        new("7 classes, 24 plates that hold all", 7, 24, 6, true, 0.4, 2.3),
        new("20 classes, 40 cameras that hold all", 20, 40, 2, true, 0.4, 2.6),
    ];

    /// <summary>Prints the tables.</summary>
    public static void Print()
    {
        Write("coverage of the interval", (metric, design, seed) => Covers(metric, design, seed, Truths[(metric, design)]));
        Write("false positives of the paired test", IsFalsePositive);
    }

    private static readonly Dictionary<(MetricId, MetricDesign), double> Truths = [];

    private static void Write(string title, Func<MetricId, MetricDesign, ulong, bool?> simulate)
    {
        CoverageMeasurement.WriteHeader([$"metric ({title})", .. Designs.Select(d => d.Name)]);
        foreach (var metric in Enum.GetValues<MetricId>())
        {
            CoverageMeasurement.WriteRow([MetricInfo.Get(metric).Name, .. Designs.Select(design => (object)Estimate(design))]);

            double Estimate(MetricDesign design)
            {
                if (!Truths.ContainsKey((metric, design)))
                {
                    Truths[(metric, design)] = ComputeTruth(metric, design);
                }

                var (hits, tested) = (0, 0);
                Parallel.For(
                    0,
                    Runs,
                    i =>
                    {
                        if (simulate(metric, design, ((ulong)i + 1) << 32) is { } isHit)
                        {
                            Interlocked.Add(ref hits, isHit ? 1 : 0);
                            Interlocked.Increment(ref tested);
                        }
                    }
                );
                return (double)hits / tested;
            }
        }
    }

    /// <summary>The expected value: that of very many images. The percentile is of groups of the same size as in the samples.</summary>
    private static double ComputeTruth(MetricId metric, MetricDesign design)
    {
        if (metric == MetricId.GroupPercentileAccuracy)
        {
            var users = design.ForUsers(TruthImages / 21);
            return Estimate(metric, users, MetricSample.Draw(users, 1), isFirst: true)!.Loss;
        }

        var images = design.Clusters * design.ImagesPerCluster * design.Classes;
        var large = design.Enlarge(TruthImages / images);
        return Estimate(metric, large with { Name = "truth" }, MetricSample.Draw(large, 1), isFirst: true, isClustered: false)!.Loss;
    }

    private static bool? Covers(MetricId metric, MetricDesign design, ulong seed, double truth) =>
        Estimate(metric, Choose(metric, design), MetricSample.Draw(Choose(metric, design), seed), isFirst: true)?.LossInterval
            is { } interval
            ? interval.Lower <= truth && truth <= interval.Upper
            : null;

    private static bool? IsFalsePositive(MetricId metric, MetricDesign design, ulong seed)
    {
        var chosen = Choose(metric, design);
        var sample = MetricSample.Draw(chosen, seed);
        var benchmark = new Benchmark
        {
            Slug = "simulated",
            Name = "Simulated",
            Summary = "Simulated",
            Classes = [.. Enumerable.Range(0, design.Classes).Select(k => new ClassLabel(k, $"{k}", $"{k}"))],
            Splits = [],
            Cluster = IsClustered(chosen) ? "cluster" : null,
            Ranking = new Ranking(metric, ["test1"]) { Group = GroupOf(metric), K = Math.Max(1, design.Classes / 3) },
        };
        var layout = MetricRankingLayout.Create([new SplitPart(sample.Labels, null)], benchmark);
        return layout.ComputeP(layout.Encode([sample.First]), layout.Encode([sample.Second])) <= 0.05;
    }

    private static MetricEstimate? Estimate(
        MetricId metric,
        MetricDesign design,
        MetricSample sample,
        bool isFirst,
        bool isClustered = true
    ) =>
        Metric
            .Get(metric)
            .Estimate(sample.Split(GroupOf(metric), isClustered && IsClustered(design)), isFirst ? sample.First : sample.Second);

    private static MetricDesign Choose(MetricId metric, MetricDesign design) =>
        metric == MetricId.GroupPercentileAccuracy ? design.ForUsers(MetricDesign.Users) : design;

    private static string GroupOf(MetricId metric) => metric == MetricId.GroupPercentileAccuracy ? "cluster" : "group";

    private static bool IsClustered(MetricDesign design) => design.ClusterDeviation > 0;
}
