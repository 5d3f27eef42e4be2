using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Spectre.Console;

namespace Coos.Cli.Score;

/// <summary>Prints an evaluation as tables.</summary>
internal static class ScoreReport
{
    /// <summary>Prints the scores, and then the sensitivities and confusion matrix of each split.</summary>
    public static void Print(Evaluation evaluation, Benchmark benchmark, TextWriter output)
    {
        var console = Report.Console(output);
        console.Write(Report.Splits(evaluation));
        foreach (var score in evaluation.Splits)
        {
            if (evaluation.Splits.Count > 1)
            {
                console.WriteLine($"{score.Split}:");
            }

            Print(score, evaluation, benchmark, console);
        }
    }

    private static void Print(SplitScore score, Evaluation evaluation, Benchmark benchmark, IAnsiConsole console)
    {
        console.Write(Sensitivities(score));
        if (Report.Groups(score) is { } groups)
        {
            console.Write(groups);
        }

        console.Write(Confusion(score, benchmark));
        if (score.Calibration is { } calibration)
        {
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"probabilities: balanced log loss {calibration.BalancedLogLoss:0.0000}, Brier score {calibration.Brier:0.0000}, "
                        + $"expected calibration error {100 * calibration.ExpectedCalibrationError:0.00}%"
                )
            );
        }

        console.WriteLine($"95% intervals: {score.IntervalMethod}");
        console.WriteLine($"evaluator {evaluation.EvaluatorVersion}, labels {score.LabelsHash}, predictions {score.PredictionsHash}");
    }

    private static Table Sensitivities(SplitScore score)
    {
        var table = Report.Table("class", "images", "sensitivity", "95% interval");
        foreach (var row in score.Classes)
        {
            var sensitivity = row.Sensitivity is null ? "no images" : Report.Percent(row.Sensitivity);
            table.AddRow(Markup.Escape(row.Name), Report.Number(row.Images), sensitivity, Report.Interval(row.SensitivityInterval));
        }

        return table;
    }

    private static Table Confusion(SplitScore score, Benchmark benchmark)
    {
        var table = Report.Table(["true \\ predicted", .. benchmark.Classes.Select(c => c.Short)]);
        foreach (var row in benchmark.Classes)
        {
            table.AddRow([Markup.Escape(row.Short), .. score.Confusion![row.Index].Select(count => Report.Number(count))]);
        }

        return table;
    }
}
