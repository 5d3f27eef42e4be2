using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Measurements.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Measurements.Disclosures;

/// <summary>
/// What honest use of a guarded benchmark of the size of COOS-7 costs: ten submissions a day for 30 days, of a method that improves.
/// </summary>
/// <remarks>Classes have equal sizes, because the paper does not state them, and half of the images are sealed.</remarks>
internal static class HonestUse
{
    private const int Classes = SplitTruth.ClassCount;
    private const int Submissions = 300;
    private const int FewSubmissions = 30;
    private const double Error = 0.1;
    private const double Limit = 0.01;
    private const double Step = Disclosure.DefaultStep;

    private static readonly Curve[] Curves =
    [
        new("steady, 20% to 8%", t => 0.08 + (0.12 * (1 - t)), 0.005),
        new("fast at first, 20% to 8%", t => 0.08 + (0.12 * Math.Exp(-5 * t)), 0.005),
        new("noisy, 20% to 8%", t => 0.08 + (0.12 * Math.Exp(-5 * t)), 0.02),
        new("small steps, 10% to 8%", t => 0.08 + (0.02 * (1 - t)), 0.001),
    ];

    /// <summary>Prints the table.</summary>
    public static void Print(bool isQuick)
    {
        var sizes = SplitTruth.Sizes.Select(n => Enumerable.Repeat(n / 2 / Classes, Classes).ToArray()).ToArray();
        var bound = InformationBound.ForBalancedError(sizes, Classes);
        var budget = bound.ComputeBits(Limit, Error);
        var report = DetailCode.ComputeBits(Classes, Classes, true);
        Console.WriteLine();
        Console.WriteLine(
            $"COOS-7 with half of its images sealed: {sizes.Sum(s => s.Sum())} public images, "
                + $"{AttackMeasurement.Text(bound.ComputeBitsPerImage(), "0.00")} bits per image put right, "
                + $"{AttackMeasurement.Text(budget, "0")} bits for {AttackMeasurement.Points(Limit)} points; "
                + $"a detailed report of one split has {AttackMeasurement.Text(report, "0")} bits, of all {4 * report:0}."
        );

        // The other extreme of the assumption: the method knows exactly which predictions are guesses, and all others are right.
        const double Guess = (Classes - 1.0) / Classes;
        var certain = new InformationBound(sizes.Select(s => ((int)(s.Sum() * Error / Guess), 1.0 / (sizes.Length * s.Sum()))), Classes);
        Console.WriteLine(
            $"A method that knows which of its predictions are guesses, and errs on no others: the same bits lower its error of 10% by at "
                + $"most {AttackMeasurement.Points(certain.ComputeMaximumGain(budget, Guess))} points."
        );
        CoverageMeasurement.WriteHeader(
            "step of the ladder",
            "numbers shown",
            "improvement",
            "scores shown",
            "bits after 30",
            "bits after 300",
            "bits per submission",
            "gain after 30, points",
            "gain after 300, points",
            "reports of one split that still fit",
            "reports of all splits"
        );
        foreach (var ladder in isQuick ? [Step] : new[] { Step, 0.002, 0.005 })
        {
            foreach (
                var (name, shown, hasIntervals) in new[]
                {
                    ("mean", 0, true),
                    ("mean and 1 split", 1, true),
                    ("mean and 2 splits", 2, true),
                    ("mean and 4 splits, no intervals", 4, false),
                    ("mean and 4 splits", 4, true),
                }
            )
            {
                foreach (var curve in Curves)
                {
                    Use[] runs =
                    [
                        .. Enumerable
                            .Range(0, isQuick ? 1 : 20)
                            .AsParallel()
                            .AsOrdered()
                            .Select(r => Simulate(curve, ladder, shown, hasIntervals, sizes, (ulong)r)),
                    ];
                    var (few, all) = (runs.Average(r => r.Few), runs.Average(r => r.All));
                    var left = budget - all;
                    CoverageMeasurement.WriteRow(
                        $"{AttackMeasurement.Points(ladder)} points",
                        name,
                        curve.Name,
                        AttackMeasurement.Text(runs.Average(r => r.Shown), "0"),
                        AttackMeasurement.Text(few, "0"),
                        AttackMeasurement.Text(all, "0"),
                        AttackMeasurement.Text(all / Submissions, "0.0"),
                        AttackMeasurement.Points(bound.ComputeMaximumGain(few, Error)),
                        AttackMeasurement.Points(bound.ComputeMaximumGain(all, Error)),
                        Reports(left, report),
                        Reports(left, 4 * report)
                    );
                }
            }
        }
    }

    private static string Reports(double left, double bits) =>
        left < 0 ? "over the limit" : AttackMeasurement.Text(Math.Floor(left / bits), "0");

    private static Use Simulate(Curve curve, double ladder, int shownSplits, bool hasIntervals, int[][] sizes, ulong seed)
    {
        var mix = new SplitMix((seed + 1) << 32);

        // As in a manifest: scores are rounded at least to the step of the ladder.
        var step = Math.Max(Step, ladder);
        var disclosure = new Disclosure(DisclosureLevel.Guarded, step);
        var rule = new ReleaseRule(step, ladder, double.PositiveInfinity);
        var transcript = Transcript.Empty;
        var (few, shown) = (0.0, 0);
        for (var t = 0; t < Submissions; t++)
        {
            // Splits differ in difficulty; a submission is better or worse on all of them together, and a little on each.
            var common = curve.Mean(t / (Submissions - 1.0)) + (curve.Noise * NormalDraw.Next(ref mix));
            var matrices = new ConfusionMatrix[sizes.Length];
            for (var s = 0; s < sizes.Length; s++)
            {
                matrices[s] = Draw(
                    Math.Clamp((common * (0.7 + (0.2 * s))) + (0.2 * curve.Noise * NormalDraw.Next(ref mix)), 0.001, 0.9),
                    sizes[s][0],
                    ref mix
                );
            }

            var errors = matrices.Select(m => m.BalancedError).ToArray();
            // Intervals are slow, and do not matter unless they are shown.
            var isShown =
                rule.Decide(transcript, errors.Average(), new Dictionary<string, ErrorEstimate>()).Outcome == ReleaseOutcome.Shown;
            Interval[] intervals = hasIntervals && isShown ? [.. matrices.Select(BalancedErrorInterval.ComputePerImage)] : [];
            Interval? mean =
                intervals.Length > 0
                    ? Generalisation.ComputeMeanInterval([.. errors.Zip(intervals, (error, own) => (1.0 / errors.Length, error, own))])
                    : null;
            Dictionary<string, ErrorEstimate> splits = new() { [Disclosure.MeanKey] = Show(errors.Average(), mean) };
            for (var s = 0; s < shownSplits; s++)
            {
                splits[$"test{s + 1}"] = Show(errors[s], intervals.Length > 0 ? intervals[s] : null);
            }

            var release = rule.Decide(transcript, errors.Average(), splits);
            transcript = rule.Add(transcript, release, errors.Average(), splits);
            shown += release.Outcome == ReleaseOutcome.Shown ? 1 : 0;
            few = t == FewSubmissions - 1 ? transcript.Bits : few;
        }

        return new Use(few, transcript.Bits, shown);

        ErrorEstimate Show(double error, Interval? interval) =>
            disclosure.Round(new ErrorEstimate(error, interval?.Lower, interval?.Upper));
    }

    private static ConfusionMatrix Draw(double error, int images, ref SplitMix mix)
    {
        var actual = new ushort[images * Classes];
        var predicted = new ushort[actual.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i] = (ushort)(i % Classes);
            predicted[i] = mix.NextDouble() < error ? (ushort)((actual[i] + 1) % Classes) : actual[i];
        }

        return ConfusionMatrix.Count(actual, predicted, Classes);
    }

    /// <summary>How a method improves: the mean error at a time 0..1, and the standard deviation of a submission around it.</summary>
    private sealed record Curve(string Name, Func<double, double> Mean, double Noise);

    /// <summary>The bits after 30 and 300 submissions, and the number of scores that were shown.</summary>
    private sealed record Use(double Few, double All, int Shown);
}
