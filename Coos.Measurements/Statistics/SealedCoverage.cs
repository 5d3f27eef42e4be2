using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures the sealed part: how often the best of many equal tries on the public part is called better than another equal entry,
/// and how often the interval of the difference between the parts covers its expected value.
/// </summary>
/// <remarks>
/// Images err alike in all entries: each image has its own probability of an error, 0.2 or 1.8 times the mean. With wells, each
/// entry takes a well's outcome with probability sqrt(0.1), so that images of a well have an intra-class correlation of 0.1.
/// </remarks>
internal static class SealedCoverage
{
    private const int Runs = 2000;
    private const double Correlation = 0.1;
    private const double Share = 0.5;

    private static readonly (int Images, int Wells, double Error)[] Settings =
    [
        (40, 0, 0.1),
        (40, 0, 0.02),
        (200, 0, 0.1),
        (400, 8, 0.1),
        (400, 16, 0.1),
        (400, 16, 0.02),
        (400, 40, 0.1),
    ];

    public static void Print()
    {
        CoverageMeasurement.WriteHeader(
            "images per class",
            "wells per class",
            "error",
            "tries",
            "better on the public part",
            "better on the sealed part",
            "mean difference, points",
            "difference covered",
            "said to have fitted",
            "width of the interval, sealed / all"
        );
        foreach (var (images, wells, error) in Settings)
        {
            var split = SealedTruth.Create(images, wells);
            foreach (var tries in new[] { 1, 20, 100 })
            {
                Print(split, images, wells, error, tries);
            }
        }
    }

    private static void Print(SealedTruth split, int images, int wells, double error, int tries)
    {
        var outcomes = new Outcome[Runs];
        Parallel.For(0, Runs, i => outcomes[i] = Simulate(split, error, tries, ((ulong)i + 1) << 32));
        var expected = outcomes.Average(o => o.Difference.Value);
        double ShareOf(Func<Outcome, bool> isHit) => (double)outcomes.Count(isHit) / Runs;
        CoverageMeasurement.WriteRow(
            images,
            wells == 0 ? "none" : wells,
            error,
            tries,
            ShareOf(o => o.IsBetterOnPublic),
            ShareOf(o => o.IsBetterOnSealed),
            (100 * expected).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture),
            ShareOf(o => o.Difference.Interval.Lower <= expected && expected <= o.Difference.Interval.Upper),
            ShareOf(o => o.Difference.P <= 0.05),
            outcomes.Average(o => o.Ratio).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    private static Outcome Simulate(SealedTruth truth, double error, int tries, ulong seed)
    {
        var mix = new SplitMix(seed);
        var key = BitConverter.GetBytes(seed);
        var parts = SealedPart.Divide(truth.Labels, "simulated", "test", truth.Cluster, Share, key);
        var incumbent = truth.Predict(error, Correlation, ref mix);
        var best = truth.Predict(error, Correlation, ref mix);
        for (var i = 1; i < tries; i++)
        {
            var next = truth.Predict(error, Correlation, ref mix);
            best = ErrorOf(parts.Public, next) < ErrorOf(parts.Public, best) ? next : best;
        }

        var all = new SplitPart(truth.Labels, null);
        var onSealed = Compare(parts.Sealed!, truth.Cluster, best, incumbent);
        var onAll = Compare(all, truth.Cluster, best, incumbent);
        return new Outcome(
            IsBetter(Compare(parts.Public, truth.Cluster, best, incumbent)),
            IsBetter(onSealed),
            PartDifference.Compute(parts, best, SplitTruth.ClassCount, truth.Cluster)!.Value,
            (onSealed.Interval.Upper - onSealed.Interval.Lower) / (onAll.Interval.Upper - onAll.Interval.Lower)
        );
    }

    private static double ErrorOf(SplitPart part, ushort[] predicted) =>
        ConfusionMatrix.Count(part.Labels.Classes, part.Select(predicted), SplitTruth.ClassCount).BalancedError;

    private static PairedComparison Compare(SplitPart part, string? cluster, ushort[] first, ushort[] second) =>
        PairedComparison.Compute(
            part.Labels.Classes,
            part.Select(first),
            part.Select(second),
            SplitTruth.ClassCount,
            Clusters.From(part.Labels, cluster)
        );

    /// <summary>Whether a two-sided test at 5% calls the first better: one-sided 2.5%.</summary>
    private static bool IsBetter(PairedComparison comparison) => comparison.P <= 0.05 && comparison.Difference > 0;

    private sealed record Outcome(bool IsBetterOnPublic, bool IsBetterOnSealed, PartDifference Difference, double Ratio);

    /// <summary>A split from which predictions of equally good entries are drawn.</summary>
    /// <param name="Labels">Its labels.</param>
    /// <param name="Wells">The well of each image; empty without wells.</param>
    /// <param name="Cluster">"well", or null without wells.</param>
    /// <param name="IsHard">Whether each image is a hard one.</param>
    private sealed record SealedTruth(SplitLabels Labels, int[] Wells, string? Cluster, bool[] IsHard)
    {
        public static SealedTruth Create(int imagesPerClass, int wellsPerClass)
        {
            var rows = wellsPerClass > 0 ? new LabelRows("well") : new LabelRows();
            var wells = new int[imagesPerClass * SplitTruth.ClassCount];
            var isHard = new bool[wells.Length];
            for (var i = 0; i < wells.Length; i++)
            {
                var (label, place) = (i / imagesPerClass, i % imagesPerClass);
                wells[i] = wellsPerClass == 0 ? i : (label * wellsPerClass) + (place % wellsPerClass);

                // Half of the images of each well are hard.
                isHard[i] = place / Math.Max(1, wellsPerClass) % 2 == 1;
                rows.TryAdd($"{i}", label, wellsPerClass > 0 ? [$"w{wells[i]}"] : []);
            }

            return new SealedTruth(rows.ToLabels(), wellsPerClass == 0 ? [] : wells, wellsPerClass == 0 ? null : "well", isHard);
        }

        public ushort[] Predict(double error, double correlation, ref SplitMix mix)
        {
            var common = new Dictionary<int, double>();
            var actual = Labels.Classes;
            var predicted = new ushort[actual.Length];
            for (var i = 0; i < predicted.Length; i++)
            {
                var draw = mix.NextDouble();
                if (Wells.Length > 0)
                {
                    var isCommon = mix.NextDouble() < Math.Sqrt(correlation);
                    if (!common.TryGetValue(Wells[i], out var shared))
                    {
                        common[Wells[i]] = shared = mix.NextDouble();
                    }

                    draw = isCommon ? shared : draw;
                }

                var difficulty = IsHard[i] ? 1.8 : 0.2;
                predicted[i] = (ushort)((actual[i] + (draw < error * difficulty ? 1 : 0)) % SplitTruth.ClassCount);
            }

            return predicted;
        }
    }
}
