using System.CommandLine;
using System.Text.Json;
using Coos.Evaluator;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Cli.Score;

/// <summary><c>coos score</c>: the server's numbers, offline.</summary>
internal static class ScoreCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var benchmark = new Option<DirectoryInfo>("--benchmark") { Description = "The benchmark's folder, with benchmark.json", Required = true, HelpName = "FOLDER" };
        var split = new Option<string>("--split") { Description = "The split that is predicted", Required = true, HelpName = "S" };
        var labels = new Option<FileInfo>("--labels") { Description = "Its label file, FOLDER/labels/S.csv or .csv.gz where not given", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the report as the API sends it" };
        var predictions = new Argument<FileInfo>("PREDICTIONS") { Description = "The prediction file: .csv, .csv.gz or a zip of it" };
        benchmark.AcceptExistingOnly();
        labels.AcceptExistingOnly();
        predictions.AcceptExistingOnly();

        var command = new Command("score", "Score a prediction file offline: the server's own numbers") { benchmark, split, labels, json, predictions };
        command.SetAction(result => Run(
            new ScoreRequest(result.GetRequiredValue(benchmark).FullName, result.GetRequiredValue(split), result.GetValue(labels)?.ToString(), result.GetRequiredValue(predictions).ToString()),
            result.GetValue(json),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(ScoreRequest request, bool json, TextWriter output, TextWriter error)
    {
        try
        {
            var folder = BenchmarkFolder.Read(request.Benchmark);
            if (folder.Benchmark.FindSplit(request.Split) is null)
            {
                error.WriteLine($"coos: {folder.Benchmark.Slug} has no split {request.Split}; it has {string.Join(", ", folder.Benchmark.Splits.Select(s => s.Name))}");
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
        var path = request.Labels ?? LabelSource.Find(folder, request.Split);
        if (path is null)
        {
            error.WriteLine($"coos: there are no labels at {folder.LabelPath(request.Split)} or .gz; name the file with --labels");
            return CommandLine.Failed;
        }

        var labels = LabelSource.Read(path, folder.Benchmark, problems);
        if (labels is null || OfflineScore.Evaluate(folder, request.Split, labels, request.Predictions, problems) is not { } score)
        {
            Report.Problems(error, problems);
            return CommandLine.Failed;
        }

        Print(SplitEvaluator.Combine([score]), folder.Benchmark, json, output);
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

/// <summary>What to score.</summary>
/// <param name="Benchmark">The benchmark's folder.</param>
/// <param name="Split">The split.</param>
/// <param name="Labels">The label file; null for the folder's own.</param>
/// <param name="Predictions">The prediction file.</param>
internal sealed record ScoreRequest(string Benchmark, string Split, string? Labels, string Predictions);
