using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Forest;

namespace Coos.Measurements.Baselines;

/// <summary><c>search</c>: estimates how long the forest's <c>--search</c> takes at COOS-7's size from some of its fits.</summary>
internal static class SearchMeasurement
{
    private const int TrainingImages = 41456;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var fits = new Option<int>("--fits")
        {
            Description = "The number of settings to fit once, of the 100 sampled ones",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command(
            "search",
            "Time fits of the forest's search on four fifths of 41,456 x 69 synthetic features, including predictions of the rest"
        )
        {
            fits,
        };
        command.SetAction(result => Run(result.GetValue(fits)));
        return command;
    }

    private static int Run(int fits)
    {
        var all = SyntheticFeatures.Create(TrainingImages, 2);
        var held = TrainingImages / ForestSearch.Folds;
        var fit = all.Select([.. Enumerable.Range(held, TrainingImages - held)]);
        var check = all.Select([.. Enumerable.Range(0, held)]);
        var (clock, processor) = (Stopwatch.StartNew(), new ProcessorTime());

        // The sample is in random order, so its first settings are representative.
        foreach (var options in ForestSearch.Sample(fits, 1))
        {
            RandomForest.Train(fit, options, 1).Predict(check.Features);
        }

        var (mean, work) = (clock.Elapsed.TotalSeconds / fits, processor.Seconds / fits);
        var count = ForestSearch.DefaultSamples * ForestSearch.Folds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"processor time: {work:0.00} s per fit, so {count} fits take {count * work / Environment.ProcessorCount / 60:0} "
                    + $"min on {Environment.ProcessorCount} otherwise idle cores"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"search: {mean:0.00} s per fit (mean of {fits}), so {count} fits take {count * mean / 60:0} min; {PeakMemory.Describe()}"
            )
        );
        return 0;
    }
}
