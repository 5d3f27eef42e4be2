using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Statistics.Designs;

namespace Coos.Measurements.Statistics;

/// <summary>
/// <c>coverage</c>: measures the coverage of the intervals and the false positives of the tests, for the tables of
/// docs/metrics.md.
/// </summary>
internal static class CoverageMeasurement
{
    private static readonly Dictionary<string, Action> Tables = new()
    {
        ["image"] = ImageCoverage.Print,
        ["sensitivity"] = SensitivityCoverage.Print,
        ["cluster"] = ClusterCoverage.Print,
        ["grid"] = ClusterGrid.Print,
        ["plates"] = PlateCoverage.Print,
        ["paired-grid"] = PairedGrid.Print,
        ["flips"] = FlipAccuracy.Print,
        ["gap"] = GapCoverage.Print,
        ["difference"] = PairedCoverage.Print,
        ["paired"] = PairedFalsePositives.Print,
        ["rank"] = RankCoverage.Print,
        ["sealed"] = SealedCoverage.Print,
        ["resolution"] = ResolutionPower.Print,
        ["mix"] = MixCoverage.Print,
        ["methods"] = MethodCoverage.Print,
        ["consistency"] = ConsistencyCoverage.Print,
        ["positions"] = PositionLevels.Print,
        ["metrics"] = MetricCoverage.Print,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var tables = new Option<string[]>("--tables")
        {
            Description = "The tables: " + string.Join(", ", Tables.Keys),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Tables.Keys],
        };
        tables.AcceptOnlyFromAmong([.. Tables.Keys]);
        var command = new Command(
            "coverage",
            "Simulate the coverage of the 95% intervals and rank intervals, and the false positives of the paired test, with fixed seeds"
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

    /// <summary>Writes a row of a Markdown table.</summary>
    public static void WriteRow(params object[] cells) =>
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

    /// <summary>Writes the header of a Markdown table, after an empty line.</summary>
    public static void WriteHeader(params object[] cells)
    {
        Console.WriteLine();
        WriteRow(cells);
        WriteRow([.. cells.Select(_ => (object)"---")]);
    }

    /// <summary>Estimates the share of hits among independent simulations, each with its own seed.</summary>
    public static double EstimateShare(int runs, Func<ulong, bool> simulate)
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
