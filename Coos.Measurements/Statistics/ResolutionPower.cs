using System.Globalization;
using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures how often the test shows a difference of the size that <see cref="SmallestDifference"/> names, which should be in 80% of
/// cases, and how often two entries that differ by exactly the margin are called equivalent, which should be in at most 5%.
/// </summary>
internal static class ResolutionPower
{
    private const int Runs = 4000;

    private static readonly (int Least, int Most) Alike = (20, 20);
    private static readonly (int Least, int Most) Mixed = (2, 60);

    public static void Print()
    {
        WriteHeader("classes", "wells per class", "wells hold", "images per class and well");
        foreach (var classes in new[] { 2, 7, 20 })
        {
            foreach (var wells in new[] { 5, 8, 16, 40 })
            {
                foreach (var isShared in new[] { false, true })
                {
                    foreach (var sizes in new[] { Alike, Mixed })
                    {
                        var outcomes = PairedOutcomes.Create(classes, wells, sizes, isShared);
                        WriteRow([classes, wells, isShared ? "all classes" : "one class", Format(sizes)], outcomes, 0.1, 0.1);
                    }
                }
            }
        }

        WriteHeader("7 classes: wells per class", "images per class and well", "error", "ICC");
        foreach (var wells in new[] { 8, 40 })
        {
            foreach (var error in new[] { 0.02, 0.05, 0.2 })
            {
                foreach (var icc in new[] { 0.0, 0.02, 0.3 })
                {
                    var outcomes = PairedOutcomes.Create(7, wells, Alike, false);
                    WriteRow([wells, Format(Alike), error, Format(icc)], outcomes, error, icc);
                }
            }
        }

        WriteHeader("classes, independent images", "images per class", "error");
        foreach (var classes in new[] { 2, 7, 20 })
        {
            foreach (var images in new[] { 20, 50, 200 })
            {
                WriteRow([classes, images, 0.1], PairedOutcomes.Create(classes, 0, (images, images), false), 0.1, 0);
            }
        }
    }

    private static void WriteHeader(params object[] design)
    {
        object[] columns =
        [
            "smallest difference, points",
            "power",
            "power of sign flips",
            "false equivalence",
            "by the plain 90% interval",
        ];
        CoverageMeasurement.WriteHeader([
            .. design,
            .. columns.Select(c => (object)$"agreement 0: {c}"),
            .. columns.Select(c => (object)$"0.7: {c}"),
        ]);
    }

    private static void WriteRow(object[] design, PairedOutcomes outcomes, double error, double icc) =>
        CoverageMeasurement.WriteRow([.. design, .. Measure(outcomes, error, 0, icc), .. Measure(outcomes, error, 0.7, icc)]);

    private static IEnumerable<object> Measure(PairedOutcomes outcomes, double error, double agreement, double icc)
    {
        var variance = SamplingDesign.FromLabels(outcomes.Actual, outcomes.ClassCount, outcomes.Wells).ComputeVariance(icc, icc);
        if (SmallestDifference.Compute(variance, error, agreement) is not { } delta)
        {
            return Enumerable.Repeat((object)"none", 5);
        }

        var hits = new int[4];
        Parallel.For(0, Runs, i => Count(outcomes, (error, delta, agreement, icc), ((ulong)i + 1) << 32, hits));
        return [(100 * delta).ToString("0.00", CultureInfo.InvariantCulture), .. hits.Select(h => (object)((double)h / Runs))];
    }

    private static void Count(
        PairedOutcomes outcomes,
        (double Error, double Delta, double Agreement, double Icc) truth,
        ulong seed,
        int[] hits
    )
    {
        var mix = new SplitMix(seed);
        var (first, second) = outcomes.Draw(truth.Error, truth.Error + truth.Delta, truth.Agreement, truth.Icc, ref mix);
        var found = PairedComparison.Compute(outcomes.Actual, first, second, outcomes.ClassCount, outcomes.Wells);
        bool[] results =
        [
            Math.Abs(found.Difference) > found.Error.ComputeHalfWidth(0.95),
            found.SignFlipP <= SmallestDifference.Level,
            IsEquivalent(found.Error.AtMargin(found.Difference, found.Discordance, truth.Delta), found.Difference, truth.Delta),
            IsEquivalent(found.Error, found.Difference, truth.Delta),
        ];
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i])
            {
                Interlocked.Increment(ref hits[i]);
            }
        }
    }

    private static bool IsEquivalent(DifferenceError error, double difference, double margin) =>
        error.ComputeEquivalenceP(difference, margin) < SmallestDifference.Level;

    private static string Format((int Least, int Most) sizes) =>
        sizes.Least == sizes.Most ? $"{sizes.Least}" : $"{sizes.Least} to {sizes.Most}";

    private static string Format(double icc) => icc.ToString(CultureInfo.InvariantCulture);
}
