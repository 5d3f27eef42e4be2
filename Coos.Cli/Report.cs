using System.Globalization;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;
using Spectre.Console;

namespace Coos.Cli;

/// <summary>Results and problems as people read them.</summary>
internal static class Report
{
    /// <summary>A console that draws tables on a writer.</summary>
    public static IAnsiConsole Console(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, 100);
        return console;
    }

    /// <summary>A row a split: what the leaderboard shows.</summary>
    public static Table Splits(Evaluation evaluation)
    {
        var table = Table("split", "images", "balanced error", "95% interval", "accuracy");
        foreach (var split in evaluation.Splits)
        {
            table.AddRow(
                Markup.Escape(split.Split), Number(split.Images), Percent(split.BalancedError), Interval(split.BalancedErrorInterval), Percent(split.Accuracy));
        }

        return table;
    }

    /// <summary>How the intervals were made, a line a method, with the splits where they differ.</summary>
    public static IEnumerable<string> Methods(Evaluation evaluation)
    {
        var groups = evaluation.Splits.Where(s => s.IntervalMethod is not null).GroupBy(s => s.IntervalMethod, s => s.Split).ToList();
        return groups.Select(g => $"95% intervals{(groups.Count > 1 ? $" of {string.Join(", ", g)}" : "")}: {g.Key}");
    }

    /// <summary>An empty table; the first column is text, the others are numbers.</summary>
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

    /// <summary>A count, a dash where there is none.</summary>
    public static string Number(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A fraction in percent, a dash where there is none.</summary>
    public static string Percent(double? fraction) => fraction is { } value ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + "%" : "-";

    /// <summary>An interval of fractions in percent, a dash where there is none.</summary>
    public static string Interval(double[]? limits) => limits is [var lower, var upper] ? $"{Percent(lower)} to {Percent(upper)}" : "-";

    /// <summary>The problems of local files, one a line: <c>file:line:column: code: message</c>.</summary>
    public static void Problems(TextWriter error, ProblemList problems)
    {
        foreach (var problem in problems.Items)
        {
            error.WriteLine(problem);
        }

        More(error, problems.Count - problems.Items.Count);
    }

    /// <summary>Says how many problems are not shown.</summary>
    public static void More(TextWriter error, int count)
    {
        if (count > 0)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"coos: and {count:N0} more problems"));
        }
    }
}
