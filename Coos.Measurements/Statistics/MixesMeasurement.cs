using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// <c>mixes</c>: times a leaderboard of 1,000 entries under a reader's own mix of classes, on two splits of COOS-7's sizes, and
/// measures the memory of the counts that are kept.
/// </summary>
internal static class MixesMeasurement
{
    private const int Entries = 1000;
    private const int WellsPerClass = 40;
    private const int ShownMistakes = 3;
    private const int Runs = 9;

    /// <summary>The sizes of Test3 and Test4, which rank COOS-7.</summary>
    private static readonly int[] Sizes = SplitTruth.Sizes[2..];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "mixes",
            "Time the ranking of 1,000 entries under a mix of classes and costs: scores, intervals, mistakes and tests of all pairs"
        );
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        SplitTruth[] truths = [.. Sizes.Select(size => SplitTruth.Create(size, WellsPerClass))];
        MixSplit[] splits = [.. truths.Select(t => MixSplit.Create(t.Actual, SplitTruth.ClassCount, t.Clusters))];
        var counts = new MistakeCounts[Entries][];
        var counting = 0L;
        Parallel.For(
            0,
            Entries,
            i =>
            {
                var random = new SplitMix(((ulong)i + 1) << 32);
                var predicted = truths.Select(t => Predict(t, 0.6 + (0.38 * i / Entries), ref random)).ToArray();
                var start = Stopwatch.GetTimestamp();
                counts[i] = [.. splits.Select((s, n) => s.Count(predicted[n]))];
                Interlocked.Add(ref counting, Stopwatch.GetTimestamp() - start);
            }
        );
        var bytes = counts.Sum(c => c.Sum(s => (long)s.Bytes));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Entries:N0} entries, {Sizes.Sum():N0} images, {WellsPerClass} wells per class and split, "
                    + $"{Environment.ProcessorCount} cores"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"counts: {bytes / Entries / 1024.0:0.0} KB per entry, "
                    + $"{counting * 1000.0 / Stopwatch.Frequency / Entries:0.00} ms per entry"
            )
        );
        Measure("equal weights", splits, counts, new ClassMix([1, 1, 1, 1, 1, 1, 1]));
        Measure("two classes", splits, counts, new ClassMix([0, 0, 0.6, 0, 0.4, 0, 0]));
        var costs = new Dictionary<(int, int), double> { [(2, 3)] = 5 };
        var median = Measure("other weights and costs", splits, counts, new ClassMix([1, 2, 3, 4, 5, 6, 7], costs));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mixes: {median / 1000:0.00} s"));
    }

    private static double Measure(string name, MixSplit[] splits, MistakeCounts[][] counts, ClassMix mix)
    {
        var (times, tests, spent) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = -1; run < Runs; run++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var layout = new MixLayout(splits, mix);
            var scores = new MixedScore[counts.Length];
            Parallel.For(
                0,
                counts.Length,
                i =>
                {
                    scores[i] = layout.Score(counts[i]);
                    _ = scores[i].ComputeInterval();
                    _ = MixMistake.FindLargest(layout, counts[i], ShownMistakes);
                }
            );
            var middle = Stopwatch.GetTimestamp();
            _ = MixRanks.Compute(layout, scores);
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                tests.Add(Stopwatch.GetElapsedTime(middle).TotalMilliseconds);
                spent.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            }
        }

        var timings = new Timings(times);
        Console.WriteLine($"{name}: {timings}");
        Console.WriteLine($"... of these the tests of all pairs and ranks: {new Timings(tests)}");
        Console.WriteLine($"... processor time: {new Timings(spent)}");
        return timings.Median;
    }

    /// <summary>Draws predictions whose mistakes are spread over the other classes.</summary>
    private static ushort[] Predict(SplitTruth truth, double share, ref SplitMix random)
    {
        var predicted = new ushort[truth.Actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var step = random.NextDouble() < share ? 0 : 1 + random.Below(SplitTruth.ClassCount - 1);
            predicted[i] = (ushort)((truth.Actual[i] + step) % SplitTruth.ClassCount);
        }

        return predicted;
    }
}
