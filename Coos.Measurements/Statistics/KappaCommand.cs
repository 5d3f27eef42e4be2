using System.CommandLine;
using Coos.Evaluator.Consistency;
using Coos.Evaluator.Disclosures;
using Coos.Shared.Benchmarks;

namespace Coos.Measurements.Statistics;

/// <summary><c>kappa</c>: prints the error consistency of folders of predictions, for example of one method with several seeds.</summary>
internal static class KappaCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var benchmark = new Option<DirectoryInfo>("--benchmark") { Description = "The benchmark's folder", Required = true };
        var folders = new Argument<DirectoryInfo[]>("FOLDERS")
        {
            Description = "Folders with a prediction file per ranking split",
            Arity = new ArgumentArity(2, 1000),
        };
        var command = new Command("kappa", "Print the error consistency of all pairs of folders of predictions, on the ranking splits")
        {
            benchmark,
            folders,
        };
        command.SetAction(parsed =>
            Print(BenchmarkFolder.Read(parsed.GetRequiredValue(benchmark).FullName), parsed.GetRequiredValue(folders))
        );
        return command;
    }

    private static void Print(BenchmarkFolder folder, DirectoryInfo[] folders)
    {
        var files = new PredictionFolders(folder);
        var splits = folder.Benchmark.Ranking.Splits;
        var layout = new ConsistencyLayout(
            [.. splits.Select(s => new SplitPart(files.ReadLabels(s), null))],
            folder.Benchmark.Classes.Count,
            folder.Benchmark.Cluster
        );
        EncodedCorrectness[] entries =
        [
            .. folders.Select(f => layout.Encode([.. splits.Select(s => files.ReadPredictions(f.FullName, s).Classes)])),
        ];
        CoverageMeasurement.WriteHeader("first", "second", "kappa", "95% interval", "agreement");
        for (var i = 0; i < entries.Length; i++)
        {
            for (var j = i + 1; j < entries.Length; j++)
            {
                var pair = layout.Compute(entries[i], entries[j]);
                var interval = KappaInterval.Compute(layout, entries[i], entries[j])?.Interval;
                CoverageMeasurement.WriteRow(
                    folders[i].Name,
                    folders[j].Name,
                    FormattableString.Invariant($"{pair.Kappa:0.000}"),
                    FormattableString.Invariant($"{interval?.Lower:0.000} to {interval?.Upper:0.000}"),
                    pair.Agreement
                );
            }
        }
    }
}
