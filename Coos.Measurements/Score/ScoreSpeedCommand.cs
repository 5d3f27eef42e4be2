using System.CommandLine;
using System.Globalization;

namespace Coos.Measurements.Score;

/// <summary><c>score</c>: how long it takes from the bytes of prediction files to their reports.</summary>
internal static class ScoreSpeedCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description =
                "A folder of <split>_labels.csv and <split>_pred.csv; files of the size of COOS-7's test sets are made where not given",
        };
        var stringIds = new Option<bool>("--string-ids") { Description = "Make files whose image ids are texts and not numbers" };
        var runs = new Option<int>("--runs") { Description = "How many times to measure", DefaultValueFactory = _ => 201 };
        var python = new Option<string>("--python")
        {
            Description = "A Python with pandas and scikit-learn to compare with; empty for none",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        data.AcceptExistingOnly();
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--runs must be at least 1");
            }
        });

        var command = new Command(
            "score",
            "Time from the bytes of prediction files in memory to their reports, labels already loaded, one thread"
        )
        {
            data,
            stringIds,
            runs,
            python,
        };
        command.SetAction(result =>
            Run(result.GetValue(data), result.GetValue(stringIds), result.GetValue(runs), result.GetValue(python)!)
        );
        return command;
    }

    private static int Run(DirectoryInfo? data, bool stringIds, int runs, string python)
    {
        using var folder = data is null ? GeneratedFolder.Create(stringIds) : null;
        var path = data?.FullName ?? folder!.Path;
        if (!ScoreData.TryLoad(path, out var loaded, out var problem))
        {
            Console.Error.WriteLine(problem);
            return 1;
        }

        Console.WriteLine(loaded.Summary);
        var timings = ScoreMeasurement.Measure(loaded, runs);
        Console.WriteLine(timings);
        if (PandasComparison.TryRun(python, path, out var theirs, out var report))
        {
            report += string.Create(CultureInfo.InvariantCulture, $"\nratio: {theirs / timings.Median:0.0} times as fast");
        }

        Console.WriteLine(report);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"score: {timings.Median:0.00} ms"));
        return 0;
    }
}
