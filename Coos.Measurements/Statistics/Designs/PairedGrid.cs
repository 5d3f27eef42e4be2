using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>
/// <c>coverage --tables paired-grid</c>: the interval and both tests of the difference of two entries by cluster, with entries that are
/// equally good on average but not everywhere.
/// </summary>
internal static class PairedGrid
{
    private const int Runs = 1000;
    private const double Level = 0.05;

    private static readonly (string Name, ErrorPattern First, ErrorPattern Second)[] Pairs =
    [
        ("both 15%, ICC 0", ErrorPattern.Same(0.15, 0), ErrorPattern.Same(0.15, 0)),
        ("both 15%, ICC 0.1", ErrorPattern.Same(0.15, 0.1), ErrorPattern.Same(0.15, 0.1)),
        ("both 3%, ICC 0.1", ErrorPattern.Same(0.03, 0.1), ErrorPattern.Same(0.03, 0.1)),
        ("both 15%, one fails in rare wells (ICC 0.6)", ErrorPattern.Same(0.15, 0), ErrorPattern.Same(0.15, 0.6)),
        (
            "good at different classes",
            ErrorPattern.FirstClass("", (0.4, 0.05), (0.05, 0.05)),
            ErrorPattern.FirstClass("", (0.05, 0.05), (0.4, 0.05))
        ),
        ("15% and 20%, ICC 0.1", ErrorPattern.Same(0.15, 0.1), ErrorPattern.Same(0.2, 0.1)),
    ];

    public static void Print()
    {
        CoverageMeasurement.WriteHeader(
            "a well holds",
            "classes",
            "wells of a class",
            "images of a class in a well",
            "entries",
            "covered",
            "significant, Student's t",
            "significant, sign flips",
            "one well above a quarter of V"
        );
        foreach (var structure in new[] { ClusterStructure.One, ClusterStructure.All })
        {
            foreach (var classes in new[] { 2, 7 })
            {
                foreach (var count in new[] { 5, 16, 40 })
                {
                    foreach (var areUneven in new[] { false, true })
                    {
                        Print(new ClusterDesign(structure, classes, count, areUneven));
                    }
                }
            }
        }
    }

    private static void Print(ClusterDesign design)
    {
        var (actual, clusters) = design.Create();
        foreach (var (name, first, second) in Pairs.Where(p => p.Name != "good at different classes" || design.ClassCount == 2))
        {
            first.Prepare(design.ClassCount);
            second.Prepare(design.ClassCount);
            var truth = second.ComputeTruth(design.ClassCount) - first.ComputeTruth(design.ClassCount);
            var counts = new int[4];
            Parallel.For(
                0,
                Runs,
                i =>
                {
                    var mix = new SplitMix(((ulong)i + 1) << 32);
                    var comparison = PairedComparison.Compute(
                        actual,
                        first.Predict(actual, clusters, design.ClassCount, ref mix),
                        second.Predict(actual, clusters, design.ClassCount, ref mix),
                        design.ClassCount,
                        clusters
                    );
                    Count(ref counts[0], comparison.Interval.Lower <= truth && truth <= comparison.Interval.Upper);
                    Count(ref counts[1], comparison.P <= Level);
                    Count(ref counts[2], comparison.SignFlipP <= Level);
                    Count(ref counts[3], comparison.LargestClusterShare > 0.25);
                }
            );
            CoverageMeasurement.WriteRow([
                design.Structure == ClusterStructure.One ? "one class" : "all classes",
                design.ClassCount,
                design.ClustersPerClass,
                design.AreUneven ? "2 to 60" : "25",
                name,
                .. counts.Select(c => (object)((double)c / Runs)),
            ]);
        }
    }

    private static void Count(ref int hits, bool isHit)
    {
        if (isHit)
        {
            Interlocked.Increment(ref hits);
        }
    }
}
