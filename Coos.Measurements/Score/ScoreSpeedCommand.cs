using System.CommandLine;
using System.Globalization;

namespace Coos.Measurements.Score;

/// <summary><c>score</c>: times the computation of reports from the bytes of prediction files.</summary>
internal static class ScoreSpeedCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description =
                "A folder of <split>_labels.csv and <split>_pred.csv; by default, files of the size of COOS-7's test sets are generated",
        };
        var stringIds = new Option<bool>("--string-ids") { Description = "Generate files with text image ids instead of numbers" };
        var runs = new Option<int>("--runs") { Description = "The number of runs", DefaultValueFactory = _ => 201 };
        var python = new Option<string>("--python")
        {
            Description = "A Python interpreter with pandas and scikit-learn to compare with; empty for none",
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
            "Time the computation of reports from prediction files in memory, with labels loaded, on one thread"
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
