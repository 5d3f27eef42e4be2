using System.Globalization;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;
using Spectre.Console;

namespace Coos.Cli;

/// <summary>Prints results and problems to the console.</summary>
internal static class Report
{
    /// <summary>Creates a console that draws tables to a writer.</summary>
    public static IAnsiConsole Console(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, 100);
        return console;
    }

    /// <summary>A table with one row per split, with the columns of the leaderboard.</summary>
    public static Table Splits(Evaluation evaluation)
    {
        MetricInfo[] metrics = [.. evaluation.Splits.SelectMany(MetricsOf).Select(m => MetricInfo.Get(m.Id)).Distinct()];
        var addsAccuracy = Array.TrueForAll(metrics, m => m.Id != MetricId.Accuracy);
        var table = Table([
            "split",
            "images",
            .. metrics.SelectMany(m => new[] { m.Title, "95% interval" }),
            .. addsAccuracy ? ["accuracy"] : (string[])[],
        ]);
        foreach (var split in evaluation.Splits)
        {
            var scores = MetricsOf(split);
            table.AddRow([
                Markup.Escape(split.Split),
                Number(split.Images),
                .. metrics.SelectMany(m => Cells(m, scores.FirstOrDefault(s => s.Id == m.Id))),
                .. addsAccuracy ? [Percent(split.Accuracy)] : (string[])[],
            ]);
        }

        return table;
    }

    /// <summary>A table with one row per group of images; null if the report has no groups.</summary>
    public static Table? Groups(SplitScore split)
    {
        if (split.Groups is not [var first, ..] groups)
        {
            return null;
        }

        MetricInfo[] metrics = [.. first.Metrics.Select(m => MetricInfo.Get(m.Id))];
        var table = Table(["group", "images", .. metrics.SelectMany(m => new[] { m.Title, "95% interval" })]);
        foreach (var group in groups)
        {
            table.AddRow([
                Markup.Escape($"{group.Group} {group.Value}"),
                Number(group.Images),
                .. metrics.SelectMany((m, i) => Cells(m, group.Metrics[i])),
            ]);
        }

        return table;
    }

    /// <summary>The metrics of a split; reports of earlier versions have only the balanced error.</summary>
    private static IReadOnlyList<MetricScore> MetricsOf(SplitScore split) => split.Metrics ?? [split.Ranking];

    private static string[] Cells(MetricInfo metric, MetricScore? score)
    {
        string Text(double? value) =>
            metric.Scale == MetricScale.Share ? Percent(value) : value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
        return [Text(score?.Value), score?.Interval is [var lower, var upper] ? $"{Text(lower)} to {Text(upper)}" : "-"];
    }

    /// <summary>Describes the interval methods: one line per method, with the names of its splits if there are several.</summary>
    public static IEnumerable<string> Methods(Evaluation evaluation)
    {
        var groups = evaluation
            .Splits.Where(s => s.Ranking.IntervalMethod is not null)
            .GroupBy(s => s.Ranking.IntervalMethod, s => s.Split)
            .ToList();
        return groups.Select(g => $"95% intervals{(groups.Count > 1 ? $" of {string.Join(", ", g)}" : "")}: {g.Key}");
    }

    /// <summary>Creates an empty table whose first column is text and whose other columns are numbers.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in columns)
        {
            var column = new TableColumn(Markup.Escape(name)).NoWrap();
            table.AddColumn(name == columns[0] ? column : column.RightAligned());
        }

        return table;
    }

    /// <summary>A count, or a dash for null.</summary>
    public static string Number(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A fraction in percent, or a dash for null.</summary>
    public static string Percent(double? fraction) =>
        fraction is { } value ? (100 * value).ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture) + "%" : "-";

    /// <summary>An interval of fractions in percent, or a dash for null.</summary>
    public static string Interval(double[]? limits) => limits is [var lower, var upper] ? $"{Percent(lower)} to {Percent(upper)}" : "-";

    /// <summary>Prints the problems of local files, one per line: <c>file:line:column: code: message</c>.</summary>
    public static void Problems(TextWriter error, ProblemList problems)
    {
        foreach (var problem in problems.Items)
        {
            error.WriteLine(problem);
        }

        More(error, problems.Count - problems.Items.Count);
    }

    /// <summary>Prints warnings about predictions, one per line: <c>file: warning: code: message</c>.</summary>
    /// <param name="error">Receives the lines.</param>
    /// <param name="warnings">The warnings.</param>
    /// <param name="localName">The name of a warning's file on this machine.</param>
    public static void Warnings(TextWriter error, IEnumerable<PredictionWarning> warnings, Func<string, string> localName)
    {
        foreach (var warning in warnings)
        {
            error.WriteLine(warning with { File = localName(warning.File) });
        }
    }

    /// <summary>Prints how many problems are not listed.</summary>
    public static void More(TextWriter error, int count)
    {
        if (count > 0)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"coos: and {count:N0} more problems"));
        }
    }
}
