using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Measurements.Statistics;

/// <summary>
/// <c>intervals</c>: times all intervals by cluster of one submission to four splits of COOS-7's sizes: with the layout of the labels,
/// which the first entry makes, and with one that is kept.
/// </summary>
internal static class IntervalsMeasurement
{
    private const int WellsPerClass = 40;
    private const int Runs = 51;
    private const int WarmUps = 20;

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
        Time(
            "first entry",
            () =>
            {
                foreach (var (truth, predicted) in splits)
                {
                    Check(ClusterIntervals.Compute(truth.Actual, predicted, SplitTruth.ClassCount, truth.Clusters));
                }
            }
        );
        var layouts = splits.Select(s => new ClusterLayout(s.Truth.Actual, SplitTruth.ClassCount, s.Truth.Clusters)).ToArray();
        Time(
            "each further entry",
            () =>
            {
                foreach (var (i, (truth, predicted)) in splits.Index())
                {
                    var confusion = ConfusionMatrix.Count(truth.Actual, predicted, SplitTruth.ClassCount);
                    Check(ClusterIntervals.Compute(layouts[i], confusion, predicted));
                }
            }
        );
    }

    private static void Check(ClusterIntervals? intervals)
    {
        if (intervals is null)
        {
            throw new InvalidOperationException("There are too few clusters.");
        }
    }

    private static void Time(string name, Action work)
    {
        var times = new List<double>();
        for (var run = -WarmUps; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var timings = new Timings(times);
        Console.WriteLine($"{name}: {timings}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"intervals, {name}: {timings.Median:0.0} ms"));
    }
}
