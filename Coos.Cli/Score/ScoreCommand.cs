using System.CommandLine;
using System.Text.Json;
using Coos.Evaluator;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Cli.Score;

/// <summary><c>coos score</c>: computes the server's scores offline.</summary>
internal static class ScoreCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var benchmark = new Option<DirectoryInfo>("--benchmark")
        {
            Description = "The benchmark's folder, with benchmark.json",
            Required = true,
            HelpName = "FOLDER",
        };
        var split = new Option<string>("--split") { Description = "The split, if there is one prediction file", HelpName = "S" };
        var labels = new Option<FileInfo>("--labels")
        {
            Description = "The split's label file; by default FOLDER/labels/S.csv or .csv.gz",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Print the evaluation as the API sends it, byte for byte" };
        var predictions = new Argument<string[]>("PREDICTIONS")
        {
            Description =
                "The prediction file of --split, or test1=FILE test2=FILE ... to score several splits; "
                + "each CSV, NumPy (.npy, .npz) or Parquet, also as .gz or in a zip",
            Arity = ArgumentArity.OneOrMore,
        };
        benchmark.AcceptExistingOnly();
        labels.AcceptExistingOnly();

        var command = new Command("score", "Score prediction files offline; the results are those of the server")
        {
            benchmark,
            split,
            labels,
            json,
            predictions,
        };
        command.SetAction(result =>
            Run(
                ScoreRequest.Read(
                    result.GetRequiredValue(benchmark).FullName,
                    result.GetValue(split),
                    result.GetValue(labels)?.ToString(),
                    result.GetRequiredValue(predictions)
                ),
                result.GetValue(json),
                result.InvocationConfiguration.Output,
                result.InvocationConfiguration.Error
            )
        );
        return command;
    }

    private static int Run((ScoreRequest? Request, string? Error) read, bool json, TextWriter output, TextWriter error)
    {
        if (read.Request is not { } request)
        {
            error.WriteLine($"coos: {read.Error}");
            return CommandLine.WrongArguments;
        }

        try
        {
            var folder = BenchmarkFolder.Read(request.Benchmark);
            if (request.FindUnknownSplit(folder.Benchmark) is { } wrong)
            {
                error.WriteLine($"coos: {wrong}");
                return CommandLine.WrongArguments;
            }

            return Score(folder, request, json, output, error);
        }
        catch (BenchmarkException e)
        {
            error.WriteLine(e.Message);
            return CommandLine.Failed;
        }
    }

    private static int Score(BenchmarkFolder folder, ScoreRequest request, bool json, TextWriter output, TextWriter error)
    {
        var problems = new ProblemList();
        var scores = new List<SplitScore>();
        var warnings = new List<PredictionWarning>();

        // In the order of the manifest, like the server.
        foreach (var file in folder.Benchmark.Splits.SelectMany(s => request.Files.Where(f => f.Split == s.Name)))
        {
            if ((request.Labels ?? BenchmarkLabels.Find(folder, file.Split)) is not { } path)
            {
                var advice =
                    request.Files.Count == 1 ? "specify the file with --labels" : "put the file there, or score one split with --labels";
                error.WriteLine($"coos: there are no labels at {folder.LabelPath(file.Split)} or .gz; {advice}");
                return CommandLine.Failed;
            }

            if (
                BenchmarkLabels.Read(path, folder.Benchmark, problems) is { } labels
                && OfflineScore.Evaluate(folder, file.Split, labels, file.Path, problems, warnings) is { } score
            )
            {
                scores.Add(score);
            }
        }

        if (scores.Count < request.Files.Count)
        {
            Report.Problems(error, problems);
            return CommandLine.Failed;
        }

        Report.Warnings(error, warnings, file => file);
        Print(SplitEvaluator.Combine(scores), folder.Benchmark, json, output);
        return CommandLine.Done;
    }

    private static void Print(Evaluation evaluation, Benchmark benchmark, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(evaluation, CoosJson.Options));
        }
        else
        {
            ScoreReport.Print(evaluation, benchmark, output);
        }
    }
}
