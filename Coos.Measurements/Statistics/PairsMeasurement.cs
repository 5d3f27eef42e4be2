using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Measurements.Statistics;

/// <summary><c>pairs</c>: times the tests of all pairs of large boards whose ranking splits have COOS-7's sizes.</summary>
internal static class PairsMeasurement
{
    private const int Submissions = 1000;
    private const int Runs = 3;
    private const int WellsPerClass = 40;

    // The number of versions per method, and the maximum number of images changed between a version and the first one.
    private const int Versions = 20;
    private const int MaxChanged = 400;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("pairs", "Time the p of all pairs of 1,000 submissions on four splits, on all cores");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        Console.WriteLine(
            $"{Submissions * (Submissions - 1) / 2:N0} pairs, {SplitTruth.Sizes.Sum():N0} images, {Environment.ProcessorCount} cores"
        );
        SplitTruth[] alike = [.. SplitTruth.Sizes.Select(size => SplitTruth.Create(size, WellsPerClass))];
        SplitTruth[] uneven = [.. SplitTruth.Sizes.Select(SplitTruth.CreateUneven)];
        var unrelated = Measure("1,000 unrelated methods, by image", alike, null, DrawIndependent);
        var versions = Measure(
            $"{Submissions / Versions} methods in {Versions} versions each, "
                + $"which differ on 2 to {2 * MaxChanged} images of a split; classes of different sizes, by image",
            uneven,
            null,
            DrawFamilies
        );
        var wells = Measure($"1,000 unrelated methods, by well ({WellsPerClass} per class and split)", alike, "well", DrawIndependent);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unrelated: {unrelated / 1000:0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wells: {wells / 1000:0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pairs: {versions / 1000:0.00} s"));
    }

    /// <summary>Measures the median duration for one board, in milliseconds.</summary>
    private static double Measure(string name, SplitTruth[] truths, string? cluster, Func<SplitTruth, int, ushort[]> draw)
    {
        var layout = new RankingLayout([.. truths.Select(CreateLabels)], SplitTruth.ClassCount, cluster);
        var entries = new EncodedPredictions[Submissions];
        Parallel.For(0, Submissions, s => entries[s] = layout.Encode([.. truths.Select(truth => draw(truth, s))]));
        var times = new List<double>();
        Tally tally = default;
        for (var run = -1; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            tally = Test(layout, entries);
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
                $"{tally.Tests:N0} tests, {tally.Flips:N0} of them with sign flips; {tally.Significant:N0} have p of at most 5%"
            )
        );
        var timings = new Timings(times);
        Console.WriteLine(timings);
        return timings.Median;
    }

    private static SplitLabels CreateLabels(SplitTruth truth)
    {
        var hasWells = truth.Clusters.Count > 0;
        var rows = hasWells ? new LabelRows("well") : new LabelRows();
        for (var i = 0; i < truth.Actual.Length; i++)
        {
            rows.TryAdd($"{i}", truth.Actual[i], hasWells ? [$"w{truth.Clusters.Ids[i]}"] : []);
        }

        return rows.ToLabels();
    }

    private static ushort[] DrawIndependent(SplitTruth truth, int submission)
    {
        var mix = new SplitMix(((ulong)submission + 1) << 32);
        return truth.Predict(0.6 + (0.35 * submission / Submissions), ref mix);
    }

    private static ushort[] DrawFamilies(SplitTruth truth, int submission)
    {
        var method = submission / Versions * Versions;
        var predicted = DrawIndependent(truth, method);
        var mix = new SplitMix(((ulong)submission + 1) << 40);

        // The number of changes is log-uniform, so that few changes are as frequent as many.
        var changed = (int)Math.Pow(MaxChanged, mix.NextDouble());
        for (var i = 0; i < changed; i++)
        {
            var image = mix.Below(predicted.Length);
            predicted[image] = mix.NextDouble() < 0.5 ? truth.Actual[image] : (ushort)((truth.Actual[image] + 1) % SplitTruth.ClassCount);
        }

        return predicted;
    }

    private static Tally Test(RankingLayout layout, EncodedPredictions[] entries)
    {
        var sum = default(Tally);
        var gate = new Lock();
        Parallel.For(
            0,
            entries.Length,
            i =>
            {
                var own = default(Tally);
                for (var j = i + 1; j < entries.Length; j++)
                {
                    var screened = layout.Screen(entries[i], entries[j]);
                    var p = screened.IsSettled ? screened.P : layout.ComputeP(entries[i], entries[j]);
                    own += new Tally(1, screened.IsSettled ? 0 : 1, p <= RankIntervals.Level ? 1 : 0);
                }

                lock (gate)
                {
                    sum += own;
                }
            }
        );
        return sum;
    }

    private readonly record struct Tally(long Tests, long Flips, long Significant)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Tests + b.Tests, a.Flips + b.Flips, a.Significant + b.Significant);
    }
}
