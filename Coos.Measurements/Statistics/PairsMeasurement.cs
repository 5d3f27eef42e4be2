using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary><c>pairs</c>: times the paired tests of all pairs of large boards on four splits of COOS-7's sizes.</summary>
internal static class PairsMeasurement
{
    private const int Submissions = 1000;
    private const int Runs = 3;

    // The number of versions per method, and the maximum number of images changed between a version and the first one.
    private const int Versions = 20;
    private const int MaxChanged = 400;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "pairs",
            "Time discordant counts per class and p of all pairs of 1,000 submissions on four splits, on all cores"
        );
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        Console.WriteLine(
            $"{Submissions * (Submissions - 1) / 2:N0} pairs, {SplitTruth.Sizes.Sum():N0} images, {Environment.ProcessorCount} cores"
        );
        var unrelated = Measure("1,000 unrelated methods", (truth, map, mix) => CreateIndependent(truth, map, ref mix));
        var versions = Measure(
            $"{Submissions / Versions} methods in {Versions} versions each, "
                + $"which differ on 2 to {2 * MaxChanged} images of a split; classes of different sizes",
            (truth, map, mix) => CreateFamilies(truth, map, ref mix),
            uneven: true
        );
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unrelated: {unrelated / 1000:0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pairs: {versions / 1000:0.00} s"));
    }

    /// <summary>Measures the median duration for one board, in milliseconds.</summary>
    private static double Measure(string name, Func<SplitTruth, CorrectnessMap, SplitMix, ulong[][]> draw, bool uneven = false)
    {
        var splits = SplitTruth
            .Sizes.Select(
                (size, i) =>
                {
                    var truth = uneven ? SplitTruth.CreateUneven(size) : SplitTruth.Create(size, 40);
                    var map = new CorrectnessMap(truth.Actual, SplitTruth.ClassCount);
                    return (Map: map, Bits: draw(truth, map, new SplitMix(((ulong)i + 1) << 32)));
                }
            )
            .ToArray();
        var times = new List<double>();
        Tally tally = default;
        for (var run = -1; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            tally = splits.Select(split => Test(split.Map, split.Bits)).Aggregate((a, b) => a + b);
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{name}:");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Tests:N0} tests, {tally.Close:N0} of them with fewer than {SignFlip.NormalFrom} discordant images; "
                    + $"{tally.Significant:N0} have p below 5%"
            )
        );
        var timings = new Timings(times);
        Console.WriteLine(timings);
        return timings.Median;
    }

    private static ulong[][] CreateIndependent(SplitTruth truth, CorrectnessMap map, ref SplitMix mix)
    {
        var bits = new ulong[Submissions][];
        for (var s = 0; s < bits.Length; s++)
        {
            bits[s] = map.Encode(truth.Predict(0.6 + (0.35 * s / Submissions), ref mix));
        }

        return bits;
    }

    private static ulong[][] CreateFamilies(SplitTruth truth, CorrectnessMap map, ref SplitMix mix)
    {
        var bits = new ulong[Submissions][];
        var method = truth.Actual;
        for (var s = 0; s < bits.Length; s++)
        {
            if (s % Versions == 0)
            {
                method = truth.Predict(0.6 + (0.35 * s / Submissions), ref mix);
            }

            // The number of changes is log-uniform, so that few changes are as frequent as many.
            var changed = (int)Math.Pow(MaxChanged, mix.NextDouble());
            var predicted = method.ToArray();
            for (var i = 0; i < changed; i++)
            {
                var image = mix.Below(predicted.Length);
                predicted[image] = mix.NextDouble() < 0.5 ? truth.Actual[image] : (byte)((truth.Actual[image] + 1) % SplitTruth.ClassCount);
            }

            bits[s] = map.Encode(predicted);
        }

        return bits;
    }

    private static Tally Test(CorrectnessMap map, ulong[][] bits)
    {
        var sum = default(Tally);
        var gate = new Lock();
        Parallel.For(
            0,
            bits.Length,
            i =>
            {
                Span<int> onlyA = stackalloc int[SplitTruth.ClassCount];
                Span<int> onlyB = stackalloc int[SplitTruth.ClassCount];
                var own = default(Tally);
                for (var j = i + 1; j < bits.Length; j++)
                {
                    map.Count(bits[i], bits[j], onlyA, onlyB);
                    var discordant = 0;
                    for (var k = 0; k < onlyA.Length; k++)
                    {
                        discordant += onlyA[k] + onlyB[k];
                    }

                    own += new Tally(1, discordant < SignFlip.NormalFrom ? 1 : 0, PairTest.Compute(map, onlyA, onlyB).P < 0.05 ? 1 : 0);
                }

                lock (gate)
                {
                    sum += own;
                }
            }
        );
        return sum;
    }

    private readonly record struct Tally(long Tests, long Close, long Significant)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Tests + b.Tests, a.Close + b.Close, a.Significant + b.Significant);
    }
}
