using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Statistics;

namespace Coos.Benchmarks.Statistics;

/// <summary><c>pairs</c>: the paired test of all pairs of a large board on four splits of COOS-7's sizes.</summary>
internal static class PairsMeasurement
{
    private const int Submissions = 1000;
    private const int Runs = 3;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("pairs", "Discordant counts per class and p of all pairs of 1,000 submissions on four splits, all cores");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var mix = new SplitMix(1);
        var splits = SplitTruth.Sizes.Select(size => SplitTruth.Create(size, 40)).Select(truth =>
        {
            var map = new CorrectnessMap(truth.Actual, SplitTruth.ClassCount);
            return (Map: map, Bits: Enumerable.Range(0, Submissions).Select(s => map.Bits(truth.Predict(0.6 + (0.35 * s / Submissions), ref mix))).ToArray());
        }).ToArray();
        Console.WriteLine($"{Submissions * (Submissions - 1) / 2:N0} pairs, {SplitTruth.Sizes.Sum():N0} images, {Environment.ProcessorCount} cores");
        var times = new List<double>();
        for (var run = -1; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var significant = splits.Sum(split => CountSignificant(split.Map, split.Bits));
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Console.WriteLine($"{significant:N0} of the tests have p below 5%");
            }
        }

        var timings = new Timings(times);
        Console.WriteLine(timings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pairs: {timings.Median / 1000:0.00} s"));
    }

    private static long CountSignificant(CorrectnessMap map, ulong[][] bits)
    {
        long significant = 0;
        Parallel.For(0, bits.Length, i =>
        {
            Span<int> onlyA = stackalloc int[SplitTruth.ClassCount];
            Span<int> onlyB = stackalloc int[SplitTruth.ClassCount];
            var own = 0;
            for (var j = i + 1; j < bits.Length; j++)
            {
                map.Count(bits[i], bits[j], onlyA, onlyB);
                own += PairTest.Of(map, onlyA, onlyB).P < 0.05 ? 1 : 0;
            }

            Interlocked.Add(ref significant, own);
        });
        return significant;
    }
}
