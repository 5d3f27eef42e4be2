using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Evaluator.Dials;
using Coos.Evaluator.Statistics;
using Coos.Measurements.Statistics;
using Coos.Models.Dials;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Randomness;
using Coos.Simulator;

namespace Coos.Measurements.Dials;

/// <summary>
/// <c>dials</c>: scores texture entries on the shift dials of coos-sim's reference split, and correlates the order by each dial with the
/// order on the shifted test sets, for docs/dials.md.
/// </summary>
internal static class DialsMeasurement
{
    private const string Training = "training";
    private const string All = "all dials";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var benchmark = new Argument<DirectoryInfo>("BENCHMARK") { Description = "The folder of a simulated benchmark" };
        var command = new Command("dials", "Print dial scores of texture entries, and how well they predict errors under shift")
        {
            benchmark,
        };
        command.SetAction(parsed => Run(BenchmarkFolder.Read(parsed.GetRequiredValue(benchmark).FullName)));
        return command;
    }

    private static void Run(BenchmarkFolder folder)
    {
        var benchmark = folder.Benchmark;
        var sets = benchmark.Splits.ToDictionary(s => s.Name, s => SimulatedImageSet.Find(s.Name, benchmark.Simulation!.Seed)!);
        var reference = sets[benchmark.Reference!];
        var scale = ComputeScale(reference);
        PrintScale(scale, reference);
        var shifts = new DialShifts(scale);
        shifts.Print();
        var steps = ShiftDials.List(reference.Shape.Height, reference.Shape.Width);
        PrintSpeed(steps, reference, scale, benchmark.Image!.Bits);

        var clock = Stopwatch.StartNew();
        var training = TextureFeatures.Compute(sets[Training]);
        var augmented = TextureFeatures.Compute(Augment(sets[Training], steps, scale, benchmark.Image.Bits));
        var dialFeatures = steps
            .Select(step =>
            {
                var change = ShiftDials.Create(step, scale, reference.Shape, benchmark.Image.Bits);
                return TextureFeatures.Compute(new ChangedImageSet(reference, _ => change));
            })
            .ToList();
        var tests = benchmark.TestSplits.ToDictionary(s => s.Name, s => TextureFeatures.Compute(sets[s.Name]));
        Say($"features: {clock.Elapsed.TotalSeconds:0} s");

        var labels = benchmark.TestSplits.ToDictionary(s => s.Name, s => new PredictionFolders(folder).ReadLabels(s.Name));
        var results = DialEntries
            .Train(training, augmented, sets[Training].ReadLabels()!, benchmark.Classes.Count)
            .Select(entry => Score(entry, benchmark, steps, dialFeatures, tests, labels))
            .ToList();
        Say($"with training: {clock.Elapsed.TotalSeconds:0} s");
        PrintEntries(benchmark, results);
        foreach (var split in benchmark.TestSplits.Where(s => s.Name != benchmark.Reference))
        {
            PrintCorrelations(benchmark, split, results, shifts, "all entries");
            PrintCorrelations(benchmark, split, [.. results.Where(r => !r.Entry.IsAugmented)], shifts, "trained on images as they are");
            PrintForecasts(split, results, shifts);
        }
    }

    private static DialScale ComputeScale(SimulatedImageSet images)
    {
        var counter = new DialScaleCounter(images.Shape.Channels);
        for (var i = 0; i < images.Shape.Count; i++)
        {
            counter.Add(ChangedImageSet.ReadWhole(images, i));
        }

        return counter.ToScale();
    }

    /// <summary>Changes each training image by a dial and level that are drawn for it.</summary>
    private static ChangedImageSet Augment(SimulatedImageSet images, IReadOnlyList<DialStep> steps, DialScale scale, int bits)
    {
        var changes = steps.Select(step => ShiftDials.Create(step, scale, images.Shape, bits)).ToList();
        var drawn = new RandomStream(1);
        int[] chosen = [.. Enumerable.Range(0, images.Shape.Count).Select(_ => drawn.Index(changes.Count))];
        return new ChangedImageSet(images, i => changes[chosen[i]]);
    }

    private static EntryResult Score(
        DialEntry entry,
        Benchmark benchmark,
        IReadOnlyList<DialStep> steps,
        List<FeatureMatrix> features,
        Dictionary<string, FeatureMatrix> tests,
        Dictionary<string, SplitLabels> labels
    )
    {
        var scorer = new DialScorer(labels[benchmark.Reference!], benchmark.Classes.Count, benchmark.Cluster, benchmark.Ranking);
        var levels = steps.Zip(features, (step, f) => (Step: step, Score: scorer.Score(InOrder(entry.Predict(f))))).ToList();
        var none = levels[0].Score;
        var dials = levels.Skip(1).GroupBy(l => l.Step.Dial).ToDictionary(g => g.Key.Name, g => g.Average(l => l.Score.BalancedError));
        dials[All] = dials.Values.Average();
        var points = ShiftDials
            .All.Where(d => d.IsOrdered)
            .ToDictionary(d => d.Name, d => FindPoint(d, scorer, none, [.. levels.Where(l => l.Step.Dial == d).Select(l => l.Score)]));
        var errors = tests.ToDictionary(t => t.Key, t => Error(entry, t.Value, labels[t.Key], benchmark));
        var rises = levels
            .Skip(1)
            .Where(l => l.Step.Dial.IsOrdered)
            .GroupBy(l => l.Step.Dial)
            .ToDictionary(g => g.Key, g => g.Select(l => (l.Step.Level.Amount, l.Score.BalancedError - none.BalancedError)).ToArray());
        return new EntryResult(entry, none.BalancedError, dials, points, errors, rises);
    }

    private static double? FindPoint(Dial dial, DialScorer scorer, ScoredLevel none, IReadOnlyList<ScoredLevel> levels)
    {
        var points = levels
            .Zip(dial.Levels.Skip(1), (score, level) => (level.Amount, scorer.Compare(none, score)))
            .Select(p => (p.Amount, p.Item2.Difference, p.Item2.Interval))
            .Prepend((0, 0, default));
        return LossPoint.Find([.. points]).Amount is { } amount ? dial.FindStrength(amount) : null;
    }

    private static double Error(DialEntry entry, FeatureMatrix features, SplitLabels labels, Benchmark benchmark) =>
        new DialScorer(labels, benchmark.Classes.Count, null, benchmark.Ranking).Score(InOrder(entry.Predict(features))).BalancedError;

    /// <summary>Brings predictions by index into the canonical order of the ids, in which the labels are.</summary>
    private static ushort[] InOrder(ushort[] predicted)
    {
        byte[][] ids =
        [
            .. Enumerable.Range(0, predicted.Length).Select(i => Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture))),
        ];
        ImageIndex.Create(ids, out var order);
        return [.. order.Select(i => predicted[i])];
    }

    private static void PrintScale(DialScale scale, SimulatedImageSet images)
    {
        for (var channel = 0; channel < scale.Channels; channel++)
        {
            Say($"window of {images.ChannelNames[channel]}: {scale.Low(channel)} + {scale.Width(channel)}");
        }
    }

    private static void PrintSpeed(IReadOnlyList<DialStep> steps, SimulatedImageSet images, DialScale scale, int bits)
    {
        const int Repetitions = 50;
        var image = ChangedImageSet.ReadWhole(images, 0);
        var changed = new ushort[image.Length];
        Console.WriteLine();
        CoverageMeasurement.WriteHeader("dial", "level", "microseconds per image");
        foreach (var step in steps)
        {
            var change = ShiftDials.Create(step, scale, images.Shape, bits);
            change.Apply(image, changed, 0);
            var clock = Stopwatch.StartNew();
            for (uint i = 0; i < Repetitions; i++)
            {
                change.Apply(image, changed, i);
            }

            CoverageMeasurement.WriteRow(
                step.Dial.Name,
                step.Level.Text,
                (clock.Elapsed.TotalMicroseconds / Repetitions).ToString("0", CultureInfo.InvariantCulture)
            );
        }

        Console.WriteLine();
    }

    private static void PrintEntries(Benchmark benchmark, List<EntryResult> results)
    {
        Console.WriteLine();
        string[] dials = [.. results[0].Dials.Keys];
        CoverageMeasurement.WriteHeader(["entry", .. benchmark.TestSplits.Select(s => s.Title), .. dials]);
        foreach (var result in results)
        {
            CoverageMeasurement.WriteRow([
                result.Entry.Name,
                .. result.Errors.Values.Select(Percent),
                .. dials.Select(d => Percent(result.Dials[d])),
            ]);
        }

        Console.WriteLine();
        CoverageMeasurement.WriteHeader(["5 points lost at", .. results[0].Points.Keys]);
        foreach (var result in results)
        {
            CoverageMeasurement.WriteRow([
                result.Entry.Name,
                .. result.Points.Values.Select(p => p?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-"),
            ]);
        }
    }

    /// <summary>
    /// Prints the correlation of each dial's mean error with the error under shift, that of the rise by the dial with the rise by the
    /// shift, and how much better than the reference error it orders the entries.
    /// </summary>
    private static void PrintCorrelations(Benchmark benchmark, Split split, List<EntryResult> results, DialShifts shifts, string entries)
    {
        double[] shifted = [.. results.Select(r => r.Errors[split.Name])];
        double[] none = [.. results.Select(r => r.None)];
        double[] rise = [.. shifted.Zip(none, (a, b) => a - b)];
        string[] groups = [.. results.Select(r => r.Entry.Group)];
        Console.WriteLine();
        CoverageMeasurement.WriteHeader(
            $"order on {split.Title} by ({results.Count} {entries})",
            "Spearman",
            "95% interval",
            $"minus that of {benchmark.TitleOf(benchmark.Reference!)}",
            "95% interval",
            "rise with rise",
            "95% interval"
        );
        CoverageMeasurement.WriteRow([
            benchmark.TitleOf(benchmark.Reference!),
            .. Describe(groups, i => Spearman(none, shifted, i)),
            "",
            "",
            "",
            "",
        ]);
        var scores = results[0].Dials.Keys.ToDictionary(d => d, d => results.Select(r => r.Dials[d]).ToArray());
        scores["at the set's strengths"] = [.. results.Select(r => r.Forecast(split.Name, shifts))];
        foreach (var (dial, score) in scores)
        {
            double[] own = [.. score.Zip(none, (a, b) => a - b)];
            CoverageMeasurement.WriteRow([
                dial,
                .. Describe(groups, i => Spearman(score, shifted, i)),
                .. Describe(groups, i => Spearman(score, shifted, i) - Spearman(none, shifted, i)),
                .. Describe(groups, i => Spearman(own, rise, i)),
            ]);
        }
    }

    /// <summary>Prints how far the error on a set is from the sum of the rises at its strengths.</summary>
    private static void PrintForecasts(Split split, List<EntryResult> results, DialShifts shifts)
    {
        var off = results.ConvertAll(r => r.Forecast(split.Name, shifts) - r.Errors[split.Name]);
        var rise = results.ConvertAll(r => r.Errors[split.Name] - r.None);
        Console.WriteLine();
        Say($"{split.Title}: the rise is {100 * rise.Average():0.0} points on average; the sum of the rises at its strengths");
        Say($"is off by {100 * off.Average():0.0} on average, and by {100 * off.Average(Math.Abs):0.0} in absolute value");
    }

    private static double? Spearman(double[] first, double[] second, IReadOnlyList<int> entries) =>
        RankCorrelation.Compute([.. entries.Select(i => first[i])], [.. entries.Select(i => second[i])]);

    private static string[] Describe(string[] groups, Func<IReadOnlyList<int>, double?> statistic) =>
        [
            statistic([.. Enumerable.Range(0, groups.Length)]) is { } value ? Write(value) : "-",
            RankCorrelation.Bootstrap(groups, statistic) is { } interval ? $"{Write(interval.Lower)} to {Write(interval.Upper)}" : "-",
        ];

    private static string Write(double value) => value.ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The scores of an entry.</summary>
    private sealed record EntryResult(
        DialEntry Entry,
        double None,
        Dictionary<string, double> Dials,
        Dictionary<string, double?> Points,
        Dictionary<string, double> Errors,
        Dictionary<Dial, (double Amount, double Rise)[]> Rises
    )
    {
        /// <summary>Forecasts the error on a set: that without change, and the rise by each dial at the strength of the set.</summary>
        public double Forecast(string split, DialShifts shifts) =>
            None + shifts.Find(split).Sum(s => s.Share * Rises.Sum(r => Interpolate(r.Value, shifts.Measure(r.Key, s.Conditions))));

        private static double Interpolate((double Amount, double Rise)[] levels, double amount)
        {
            var (from, rise) = (0.0, 0.0);
            foreach (var level in levels)
            {
                if (amount <= level.Amount)
                {
                    return rise + ((level.Rise - rise) * (amount - from) / (level.Amount - from));
                }

                (from, rise) = level;
            }

            return rise;
        }
    }
}
