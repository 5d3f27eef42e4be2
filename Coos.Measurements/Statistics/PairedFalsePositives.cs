using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>Measures how often two equally good submissions differ significantly at 5%.</summary>
internal static class PairedFalsePositives
{
    private const double Level = 0.05;
    private const int Runs = 20_000;
    private const int ClusterRuns = 2000;
    private const double Right = 0.85;

    private static readonly double[] Sizes = [0.25, 0.5, 0.5, 1, 1, 2, 4];

    public static void Print()
    {
        WriteImages();
        WriteGivenDiscordant();
        CoverageMeasurement.WriteHeader("wells per class, 25 images each", "ICC", "images flip", "wells flip");
        foreach (var wells in new[] { 3, 8, 40 })
        {
            foreach (var icc in new[] { 0, 0.1, 0.3 })
            {
                CoverageMeasurement.WriteRow(
                    wells,
                    FormattableString.Invariant($"{icc}"),
                    CoverageMeasurement.EstimateShare(ClusterRuns, seed => Differs(wells, icc, seed, false)),
                    CoverageMeasurement.EstimateShare(ClusterRuns, seed => Differs(wells, icc, seed, true))
                );
            }
        }
    }

    private static void WriteImages()
    {
        CoverageMeasurement.WriteHeader(
            "images per class",
            "errors",
            "discordant images, mean",
            "equal classes",
            "classes of different sizes",
            "equal classes, exact p",
            "... of those with 5 or more discordant",
            "equal classes, summed exactly",
            "any test, at most"
        );
        foreach (var (images, error) in new[] { (10, 0.05), (10, 0.1), (20, 0.05), (20, 0.1), (50, 0.1), (100, 0.1), (1000, 0.1) })
        {
            var discordant = 2 * error * (1 - error) * images * SplitTruth.ClassCount;
            CoverageMeasurement.WriteRow(
                images,
                error,
                FormattableString.Invariant($"{discordant:0.0}"),
                CoverageMeasurement.EstimateShare(Runs, seed => Compare(images, error, seed).P <= Level),
                CoverageMeasurement.EstimateShare(Runs, seed => Compare(images, error, seed, Sizes).P <= Level),
                CoverageMeasurement.EstimateShare(Runs, seed => Compare(images, error, seed).McNemar <= Level),
                CoverageMeasurement.EstimateShare(
                    Runs,
                    seed => Compare(images, error, seed) is var c && CountDiscordant(c) >= 5 && c.P <= Level
                ) / CoverageMeasurement.EstimateShare(Runs, seed => CountDiscordant(Compare(images, error, seed)) >= 5),
                ExactFalsePositives.FormatCell(images * SplitTruth.ClassCount, 2 * error * (1 - error)),
                ExactFalsePositives.ComputeBound(images * SplitTruth.ClassCount, 2 * error * (1 - error))
            );
        }
    }

    /// <summary>Writes the exact probability that n fair signs are significant, in brackets if no threshold gives 4% to 6%.</summary>
    private static void WriteGivenDiscordant()
    {
        int[] counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 50, 100, 199, 200];
        CoverageMeasurement.WriteHeader("discordant images", "significant, mid-p", "exact p");
        foreach (var n in counts)
        {
            CoverageMeasurement.WriteRow(
                n,
                ExactFalsePositives.FormatGivenCell(n),
                Binomial.Fair(n).Where((_, b) => Binomial.McNemar(b, n - b) <= Level).Sum()
            );
        }
    }

    private static int CountDiscordant(PairedComparison comparison) => comparison.OnlyFirst.Sum() + comparison.OnlySecond.Sum();

    private static PairedComparison Compare(int images, double error, ulong seed, double[]? sizes = null)
    {
        var mix = new SplitMix(seed);
        var truth = sizes is null
            ? SplitTruth.Create(images * SplitTruth.ClassCount, 1)
            : new SplitTruth(
                [.. sizes.SelectMany((f, k) => Enumerable.Repeat((ushort)k, (int)Math.Round(images * f)))],
                new Clusters("well", [], 0)
            );
        return PairedComparison.Compute(
            truth.Actual,
            truth.Predict(1 - error, ref mix),
            truth.Predict(1 - error, ref mix),
            SplitTruth.ClassCount
        );
    }

    private static bool Differs(int wells, double icc, ulong seed, bool byWell)
    {
        var mix = new SplitMix(seed);
        var truth = SplitTruth.Create(wells * ClusterCoverage.ImagesPerWell * SplitTruth.ClassCount, wells);
        var (first, second) = (ClusterCoverage.Predict(truth, icc, Right, ref mix), ClusterCoverage.Predict(truth, icc, Right, ref mix));
        return PairedComparison.Compute(truth.Actual, first, second, SplitTruth.ClassCount, byWell ? truth.Clusters : null).P <= Level;
    }
}
