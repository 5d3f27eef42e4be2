using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary><c>intervals</c>: times all intervals by cluster of one submission to four splits of COOS-7's sizes.</summary>
internal static class IntervalsMeasurement
{
    private const int WellsPerClass = 40;
    private const int Runs = 51;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("intervals", "Time all intervals by well of four splits, on one thread");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var mix = new SplitMix(1);
        var splits = SplitTruth
            .Sizes.Select(size => SplitTruth.Create(size, WellsPerClass))
            .Select(t => (Truth: t, Predicted: t.Predict(0.9, ref mix)))
            .ToArray();
        Console.WriteLine(
            $"{SplitTruth.Sizes.Sum():N0} images, {SplitTruth.ClassCount} classes, {WellsPerClass} wells per class and split"
        );
        var times = new List<double>();
        for (var run = -20; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var (truth, predicted) in splits)
            {
                _ =
                    ClusterIntervals.Compute(truth.Actual, predicted, SplitTruth.ClassCount, truth.Clusters)
                    ?? throw new InvalidOperationException("There are too few clusters.");
            }

            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var timings = new Timings(times);
        Console.WriteLine(timings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"intervals: {timings.Median:0.0} ms"));
    }
}
