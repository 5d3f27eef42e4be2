using System.CommandLine;
using System.Globalization;
using Coos.Evaluator.LabelErrors;
using Coos.Evaluator.Statistics;
using Coos.Measurements.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Measurements.LabelErrors;

/// <summary>
/// <c>label-errors</c>: flips labels of a benchmark, and measures how many of them are found, and how many of those found were flipped.
/// </summary>
internal static class LabelErrorsMeasurement
{
    private static readonly double[] Rates = [0, 0.01, 0.03, 0.05];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "A benchmark folder with labels and baselines" };
        var runs = new Option<int>("--runs") { Description = "How often labels are flipped", DefaultValueFactory = _ => 20 };
        var command = new Command("label-errors", "Flip 0, 1, 3 and 5% of the labels, and measure the precision and recall of finding them")
        {
            folder,
            runs,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetValue(runs)));
        return command;
    }

    private static void Run(string path, int runs)
    {
        var folder = BenchmarkFolder.Read(path);
        SplitEntries[] splits = [.. folder.Benchmark.TestSplits.Select(s => SplitEntries.Read(folder, s.Name))];
        Console.WriteLine($"{splits[0].Entries.Count} entries, {splits.Sum(s => s.Labels.Length):N0} images, {runs} runs");
        foreach (var isUniform in new[] { true, false })
        {
            Console.WriteLine();
            Console.WriteLine(isUniform ? "Flipped to any other class" : "Flipped to the class that the entries confuse most with it");
            CoverageMeasurement.WriteHeader(
                "Flipped",
                "COOS",
                "COOS, all entries agree",
                "pruning by noise rate, same probabilities",
                "COOS, best entry alone",
                "pruning by noise rate, best entry alone"
            );
            foreach (var rate in Rates)
            {
                Print(splits, folder.Benchmark.Classes.Count, rate, isUniform, runs);
            }
        }
    }

    private static void Print(SplitEntries[] splits, int classes, double rate, bool isUniform, int runs)
    {
        var tallies = new Tally[5];
        for (var run = 0; run < runs; run++)
        {
            foreach (var (s, split) in splits.Index())
            {
                var mix = new SplitMix(((ulong)run << 32) + (ulong)s + 1);
                var flipped = split.Flip(rate, isUniform, classes, ref mix);
                bool[] isFlipped = [.. flipped.Zip(split.Labels, (now, before) => now != before)];
                var evidence = split.Weigh(flipped, classes);
                var found = evidence.Find();
                var means = split.Means;
                tallies[0].Add(isFlipped, found.Select(f => f.Image));
                tallies[1].Add(isFlipped, found.Where(f => f.IsUnanimous).Select(f => f.Image));
                tallies[2].Add(isFlipped, NoiseRatePruning.Find(flipped, means, classes));
                tallies[3].Add(isFlipped, ConfidentLearning.Find(flipped, split.Best, classes).Select(f => f.Image));
                tallies[4].Add(isFlipped, NoiseRatePruning.Find(flipped, split.Best, classes));
            }
        }

        CoverageMeasurement.WriteRow([
            string.Create(CultureInfo.InvariantCulture, $"{100 * rate:0}%"),
            .. tallies.Select(t => t.Describe(runs)),
        ]);
    }

    /// <summary>Counts what was found, and what of it was flipped.</summary>
    private struct Tally
    {
        private long _found;
        private long _right;
        private long _flipped;

        public void Add(bool[] isFlipped, IEnumerable<int> found)
        {
            foreach (var image in found)
            {
                _found++;
                _right += isFlipped[image] ? 1 : 0;
            }

            _flipped += isFlipped.Count(f => f);
        }

        /// <summary>Precision and recall; the number of wrong findings per run where no label was flipped.</summary>
        public readonly string Describe(int runs) =>
            _flipped == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{(double)_found / runs:0} found")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100.0 * _right / Math.Max(1, _found):0.0}% precision, {100.0 * _right / _flipped:0.0}% recall"
                );
    }
}
