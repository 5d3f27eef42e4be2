using System.Globalization;
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
        var table = Table("split", "images", "balanced error", "95% interval", "accuracy");
        foreach (var split in evaluation.Splits)
        {
            table.AddRow(
                Markup.Escape(split.Split),
                Number(split.Images),
                Percent(split.BalancedError),
                Interval(split.BalancedErrorInterval),
                Percent(split.Accuracy)
            );
        }

        return table;
    }

    /// <summary>Describes the interval methods: one line per method, with the names of its splits if there are several.</summary>
    public static IEnumerable<string> Methods(Evaluation evaluation)
    {
        var groups = evaluation.Splits.Where(s => s.IntervalMethod is not null).GroupBy(s => s.IntervalMethod, s => s.Split).ToList();
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
