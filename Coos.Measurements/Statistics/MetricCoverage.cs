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
    private const double Level = 0.05;

    private static readonly MetricId[] Metrics = [.. Enum.GetValues<MetricId>().Where(m => m != MetricId.Composite)];

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
        Counts[][] results = [.. Designs.Select(Simulate)];
        Write("coverage of the interval", (design, metric) => results[design][metric].Coverage);
        Write("false positives of the paired test", (design, metric) => results[design][metric].FalsePositives);
    }

    private static void Write(string title, Func<int, int, double> cell)
    {
        CoverageMeasurement.WriteHeader([$"metric ({title})", .. Designs.Select(d => d.Name)]);
        foreach (var metric in Metrics)
        {
            var name = (object)MetricInfo.Get(metric).Name;
            CoverageMeasurement.WriteRow([name, .. Designs.Select((_, design) => (object)cell(design, (int)metric))]);
        }
    }

    /// <summary>Simulates all metrics of a design on the same samples.</summary>
    private static Counts[] Simulate(MetricDesign design)
    {
        double[] truths = [.. Metrics.Select(metric => ComputeTruth(metric, design))];
        Counts[] counts = [.. Metrics.Select(_ => new Counts())];
        Parallel.For(
            0,
            Runs,
            i =>
            {
                var seed = ((ulong)i + 1) << 32;
                var (sample, users) = (MetricSample.Draw(design, seed), MetricSample.Draw(design.ForUsers(MetricDesign.Users), seed));
                foreach (var metric in Metrics)
                {
                    var isOfUsers = metric == MetricId.GroupPercentileAccuracy;
                    var (own, ownDesign) = isOfUsers ? (users, design.ForUsers(MetricDesign.Users)) : (sample, design);
                    Add(metric, ownDesign, own, truths[(int)metric], counts[(int)metric]);
                }
            }
        );
        return counts;
    }

    private static void Add(MetricId metric, MetricDesign design, MetricSample sample, double truth, Counts counts)
    {
        var benchmark = CreateBenchmark(metric, design);
        var split = new MetricSplit(sample.Labels, design.Classes, benchmark.Cluster, benchmark.Ranking);
        if (Metric.Get(metric).Estimate(split, sample.First)?.LossInterval is { } interval)
        {
            counts.AddInterval(interval.Lower <= truth && truth <= interval.Upper);
        }

        var layout = MetricRankingLayout.Create([new SplitPart(sample.Labels, null)], benchmark);
        counts.AddTest(layout.ComputeP(layout.Encode([sample.First]), layout.Encode([sample.Second])) <= Level);
    }

    /// <summary>The expected loss: that of very many images. The percentile is of groups of the same size as in the samples.</summary>
    private static double ComputeTruth(MetricId metric, MetricDesign design)
    {
        var images = design.Clusters * design.ImagesPerCluster * design.Classes;
        var large = metric == MetricId.GroupPercentileAccuracy ? design.ForUsers(TruthImages / 21) : design.Enlarge(TruthImages / images);
        var sample = MetricSample.Draw(large, 1);
        var benchmark = CreateBenchmark(metric, large) with { Cluster = null };
        var split = new MetricSplit(sample.Labels, large.Classes, null, benchmark.Ranking);
        return Metric.Get(metric).Estimate(split, sample.First)!.Loss;
    }

    private static Benchmark CreateBenchmark(MetricId metric, MetricDesign design) =>
        new()
        {
            Slug = "simulated",
            Name = "Simulated",
            Summary = "Simulated",
            Classes = [.. Enumerable.Range(0, design.Classes).Select(k => new ClassLabel(k, $"{k}", $"{k}"))],
            Splits = [],
            Cluster = design.ClusterDeviation > 0 ? "cluster" : null,
            Ranking = new Ranking(metric, ["test1"])
            {
                Group = metric == MetricId.GroupPercentileAccuracy ? "cluster" : "group",
                K = Math.Max(1, design.Classes / 3),
            },
        };

    /// <summary>What was counted of a metric in a design.</summary>
    private sealed class Counts
    {
        private int _intervals;
        private int _covered;
        private int _tests;
        private int _rejected;

        /// <summary>The share of intervals that contain the truth.</summary>
        public double Coverage => (double)_covered / _intervals;

        /// <summary>The share of tests with p of 5% or less.</summary>
        public double FalsePositives => (double)_rejected / _tests;

        public void AddInterval(bool isCovered)
        {
            Interlocked.Increment(ref _intervals);
            Interlocked.Add(ref _covered, isCovered ? 1 : 0);
        }

        public void AddTest(bool isRejected)
        {
            Interlocked.Increment(ref _tests);
            Interlocked.Add(ref _rejected, isRejected ? 1 : 0);
        }
    }
}
