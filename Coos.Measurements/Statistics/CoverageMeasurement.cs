using System.CommandLine;
using System.Globalization;

namespace Coos.Measurements.Statistics;

/// <summary><c>coverage</c>: how often the intervals hold the truth and the tests cry wolf; the tables of docs/metrics.md.</summary>
internal static class CoverageMeasurement
{
    private static readonly Dictionary<string, Action> Tables = new()
    {
        ["image"] = ImageCoverage.Print,
        ["sensitivity"] = SensitivityCoverage.Print,
        ["cluster"] = ClusterCoverage.Print,
        ["gap"] = GapCoverage.Print,
        ["difference"] = PairedCoverage.Print,
        ["paired"] = PairedFalsePositives.Print,
        ["rank"] = RankCoverage.Print,
    };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var tables = new Option<string[]>("--tables")
        {
            Description = "Which tables: " + string.Join(", ", Tables.Keys),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Tables.Keys],
        };
        tables.AcceptOnlyFromAmong([.. Tables.Keys]);
        var command = new Command(
            "coverage",
            "Coverage of the 95% intervals, false positives of the paired test, coverage of rank intervals, by simulation with fixed seeds"
        )
        {
            tables,
        };
        command.SetAction(parsed =>
        {
            foreach (var table in parsed.GetRequiredValue(tables))
            {
                Tables[table]();
            }
        });
        return command;
    }

    /// <summary>A row of a Markdown table.</summary>
    public static void Row(params object[] cells) =>
        Console.WriteLine(
            "| "
                + string.Join(
                    " | ",
                    cells.Select(c =>
                        c is double share
                            ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%"
                            : Convert.ToString(c, CultureInfo.InvariantCulture)
                    )
                )
                + " |"
        );

    /// <summary>A table's head, after an empty line.</summary>
    public static void Head(params object[] cells)
    {
        Console.WriteLine();
        Row(cells);
        Row([.. cells.Select(_ => (object)"---")]);
    }

    /// <summary>The share of independent simulations, each with a seed of its own, that are hits.</summary>
    public static double Share(int runs, Func<ulong, bool> simulate)
    {
        var hits = 0;
        Parallel.For(
            0,
            runs,
            i =>
            {
                if (simulate(((ulong)i + 1) << 32))
                {
                    Interlocked.Increment(ref hits);
                }
            }
        );
        return (double)hits / runs;
    }
}
