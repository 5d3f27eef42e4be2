using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>What simulations of one cell of a table found.</summary>
/// <param name="Covered">The share of intervals that contain the truth, 0..1.</param>
/// <param name="Doubted">The share of intervals that say "too few wells with errors", 0..1.</param>
internal readonly record struct SimulatedCoverage(double Covered, double Doubted)
{
    /// <summary>Whether most intervals do not say that they cannot be trusted.</summary>
    public bool IsTrusted => Doubted <= 0.5;
}

/// <summary>Simulates the interval of a balanced error by cluster.</summary>
internal static class ClusterSimulation
{
    /// <summary>Simulates one design and pattern of errors.</summary>
    public static SimulatedCoverage Run(ClusterDesign design, ErrorPattern pattern, int runs, bool isParallel = true)
    {
        var (actual, clusters) = design.Create();
        var layout = new ClusterLayout(actual, design.ClassCount, clusters);
        pattern.Prepare(design.ClassCount);
        var truth = pattern.ComputeTruth(design.ClassCount);
        var (covered, doubted) = (0, 0);
        Parallel.For(
            0,
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = isParallel ? -1 : 1 },
            i =>
            {
                var mix = new SplitMix(((ulong)i + 1) << 32);
                var predicted = pattern.Predict(actual, clusters, design.ClassCount, ref mix);
                var confusion = ConfusionMatrix.Count(actual, predicted, design.ClassCount);
                var (interval, isDoubtful) = ClusterIntervals.ComputeBalancedError(layout, confusion, layout.CountErrors(predicted));
                if (interval.Lower <= truth && truth <= interval.Upper)
                {
                    Interlocked.Increment(ref covered);
                }

                if (isDoubtful)
                {
                    Interlocked.Increment(ref doubted);
                }
            }
        );
        return new SimulatedCoverage((double)covered / runs, (double)doubted / runs);
    }
}
