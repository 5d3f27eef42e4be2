using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Consistency;
using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Measurements.Statistics;

/// <summary><c>kappas</c>: times the error consistency of all pairs of a large board, and the order of its map.</summary>
internal static class KappasMeasurement
{
    private const int Entries = 1000;
    private const int Runs = 5;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("kappas", "Time the error consistency of all pairs of 1,000 entries of COOS-7's size, on all cores");
        command.SetAction((_, cancellation) => Task.Run(() => Run(cancellation), cancellation));
        return command;
    }

    private static void Run(CancellationToken cancellation)
    {
        Console.WriteLine($"{Entries * (Entries - 1) / 2:N0} pairs, {Environment.ProcessorCount} cores");
        Measure("the two splits that rank", SplitTruth.Sizes[2..], cancellation);
        Measure("all four splits", SplitTruth.Sizes, cancellation);
    }

    private static void Measure(string name, int[] sizes, CancellationToken cancellation)
    {
        SplitTruth[] truths = [.. sizes.Select(size => SplitTruth.Create(size, 40))];
        var layout = new ConsistencyLayout(
            [.. truths.Select(t => new SplitPart(CreateLabels(t.Actual), null))],
            SplitTruth.ClassCount,
            null
        );
        var mix = new SplitMix(1);
        var entries = new EncodedCorrectness[Entries];
        for (var i = 0; i < entries.Length; i++)
        {
            var share = 0.6 + (0.35 * i / Entries);
            var predicted = new List<ushort[]>();
            foreach (var truth in truths)
            {
                predicted.Add(truth.Predict(share, ref mix));
            }

            entries[i] = layout.Encode(predicted);
        }

        var (pairs, order) = (new List<double>(), new List<double>());
        var processor = new ProcessorTime();
        for (var run = -1; run < Runs; run++)
        {
            processor = run == 0 ? new ProcessorTime() : processor;
            var start = Stopwatch.GetTimestamp();
            var table = KappaTable.Compute(layout, entries, Environment.ProcessorCount, cancellation);
            var compared = Stopwatch.GetTimestamp();
            AverageLinkage.Order(table);
            if (run >= 0)
            {
                pairs.Add(Stopwatch.GetElapsedTime(start, compared).TotalMilliseconds);
                order.Add(Stopwatch.GetElapsedTime(compared).TotalMilliseconds);
            }
        }

        var seconds = processor.Seconds / Runs;
        Console.WriteLine();
        Console.WriteLine($"{name}, {layout.Images:N0} images:");
        Console.WriteLine($"kappas: {new Timings(pairs)}");
        Console.WriteLine($"order:  {new Timings(order)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time per run: {seconds:0.00} s"));
    }

    private static SplitLabels CreateLabels(ushort[] actual)
    {
        var rows = new LabelRows();
        for (var i = 0; i < actual.Length; i++)
        {
            // Ids of equal length keep the order of the images.
            rows.TryAdd(i.ToString("D6", CultureInfo.InvariantCulture), actual[i]);
        }

        return rows.ToLabels();
    }
}
