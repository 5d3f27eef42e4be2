using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Measures the coverage of the interval of a balanced error with seven classes and independent images: first for classes of
/// equal size and difficulty, then for classes that differ in both.
/// </summary>
internal static class ImageCoverage
{
    private const int Runs = 10_000;

    private static readonly double[] Shares = [0.5, 0.8, 0.9, 0.95, 0.99];
    private static readonly double[] Same = [1, 1, 1, 1, 1, 1, 1];
    private static readonly double[] Sizes = [0.25, 0.5, 0.5, 1, 1, 2, 4];
    private static readonly double[] Errors = [0.1, 0.3, 0.6, 0.9, 1.2, 1.6, 2.3];

    public static void Print()
    {
        WriteTable("equal classes", Same, Same);
        WriteTable("classes of different sizes", Sizes, Same);
        WriteTable("small classes hardest", Sizes, [.. Errors.Reverse()]);
        WriteTable("large classes hardest", Sizes, Errors);
        WriteTable("equal classes, MOVER over Wilson limits", Same, Same, ComputeMover);
    }

    private static void WriteTable(string name, double[] sizes, double[] errors, Func<ConfusionMatrix, Interval>? method = null)
    {
        CoverageMeasurement.WriteHeader([
            $"{name}: images per class",
            .. Shares.Select(s => (object)FormattableString.Invariant($"{s:0%}")),
        ]);
        foreach (var images in new[] { 20, 50, 200, 1000 })
        {
            var shapes = Shares.Select(share => new Shape(
                [.. sizes.Select(f => (int)Math.Round(images * f))],
                [.. errors.Select(f => share > 0.5 ? (1 - share) * f : 0.5 + ((f - 1) * 0.3))]
            ));
            CoverageMeasurement.WriteRow([
                images,
                .. shapes.Select(s =>
                    (object)CoverageMeasurement.EstimateShare(Runs, seed => s.Covers(method ?? BalancedErrorInterval.ComputePerImage, seed))
                ),
            ]);
        }
    }

    /// <summary>Computes the previous interval for comparison; see docs/decisions/0020-intervals.md.</summary>
    private static Interval ComputeMover(ConfusionMatrix confusion)
    {
        var (below, above) = (0.0, 0.0);
        for (var k = 0; k < confusion.ClassCount; k++)
        {
            var images = confusion.ClassImages(k);
            var limits = Wilson.Compute(images - confusion[k, k], images);
            var error = 1 - confusion.Sensitivity(k)!.Value;
            below += (error - limits.Lower) * (error - limits.Lower);
            above += (limits.Upper - error) * (limits.Upper - error);
        }

        var balanced = confusion.BalancedError;
        return new Interval(balanced - (Math.Sqrt(below) / confusion.ClassCount), balanced + (Math.Sqrt(above) / confusion.ClassCount));
    }

    /// <summary>The sizes of the classes and their true errors.</summary>
    private sealed record Shape(int[] Images, double[] Errors)
    {
        public bool Covers(Func<ConfusionMatrix, Interval> method, ulong seed)
        {
            var mix = new SplitMix(seed);
            var actual = new ushort[Images.Sum()];
            var predicted = new ushort[actual.Length];
            for (var (k, i) = (0, 0); k < Images.Length; k++)
            {
                for (var end = i + Images[k]; i < end; i++)
                {
                    actual[i] = (ushort)k;
                    predicted[i] = (ushort)(mix.NextDouble() < Errors[k] ? (k + 1) % Images.Length : k);
                }
            }

            var truth = Errors.Average();
            var interval = method(ConfusionMatrix.Count(actual, predicted, Images.Length));
            return interval.Lower <= truth && truth <= interval.Upper;
        }
    }
}
