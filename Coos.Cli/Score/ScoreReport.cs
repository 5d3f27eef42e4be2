using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Spectre.Console;

namespace Coos.Cli.Score;

/// <summary>Prints an evaluation as tables.</summary>
internal static class ScoreReport
{
    /// <summary>With more classes, only the worst ones and the most frequent confusions are printed.</summary>
    private const int MaximumRows = 30;

    private const int ShownOfMany = 10;

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
        var isLong = score.Classes.Count > MaximumRows;
        console.Write(isLong ? WorstClasses(score) : Sensitivities(score.Classes));
        if (Report.Groups(score) is { } groups)
        {
            console.Write(groups);
        }

        console.Write(isLong ? MainConfusions(score.Matrix!, benchmark) : Confusion(score, benchmark));
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

    private static Table WorstClasses(SplitScore score)
    {
        var present = score.Classes.Where(c => c.Sensitivity is not null).ToList();
        var table = Sensitivities(present.OrderBy(c => c.Sensitivity).Take(ShownOfMany));
        table.Title = new TableTitle($"the {ShownOfMany} worst of {present.Count} classes; all with --json");
        return table;
    }

    private static Table MainConfusions(ConfusionMatrix matrix, Benchmark benchmark)
    {
        var table = Report.Table("class", "predicted as", "images", "of");
        var wrong = matrix.Cells.ToArray().Where(c => c.Actual != c.Predicted).ToList();
        foreach (var cell in wrong.OrderByDescending(c => c.Images).Take(ShownOfMany))
        {
            table.AddRow(
                Markup.Escape(benchmark.Classes[cell.Actual].Short),
                Markup.Escape(benchmark.Classes[cell.Predicted].Short),
                Report.Number(cell.Images),
                Report.Number(matrix.ClassImages(cell.Actual))
            );
        }

        table.Title = new TableTitle($"the {Math.Min(ShownOfMany, wrong.Count)} most frequent of {wrong.Count} confusions");
        return table;
    }

    private static Table Sensitivities(IEnumerable<ClassScore> classes)
    {
        var table = Report.Table("class", "images", "sensitivity", "95% interval");
        foreach (var row in classes)
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
            table.AddRow([Markup.Escape(row.Short), .. benchmark.Classes.Select(c => Report.Number(score.Matrix![row.Index, c.Index]))]);
        }

        return table;
    }
}
