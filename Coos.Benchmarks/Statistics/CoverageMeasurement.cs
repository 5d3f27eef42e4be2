using System.CommandLine;
using System.Globalization;

namespace Coos.Benchmarks.Statistics;

/// <summary><c>coverage</c>: how often the intervals hold the truth and the tests cry wolf; the tables of docs/metrics.md.</summary>
internal static class CoverageMeasurement
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("coverage", "Coverage of the 95% intervals, false positives of the paired test, coverage of rank intervals, by simulation with fixed seeds");
        command.SetAction(_ =>
        {
            ImageCoverage.Print();
            SensitivityCoverage.Print();
            ClusterCoverage.Print();
            PairedFalsePositives.Print();
            RankCoverage.Print();
        });
        return command;
    }

    /// <summary>A row of a Markdown table.</summary>
    public static void Row(params object[] cells) =>
        Console.WriteLine("| " + string.Join(" | ", cells.Select(c => c is double share ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : Convert.ToString(c, CultureInfo.InvariantCulture))) + " |");

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
        Parallel.For(0, runs, i =>
        {
            if (simulate(((ulong)i + 1) << 32))
            {
                Interlocked.Increment(ref hits);
            }
        });
        return (double)hits / runs;
    }
}
