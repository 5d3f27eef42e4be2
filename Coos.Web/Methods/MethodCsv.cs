using System.Globalization;
using System.Text;
using Coos.Server.Methods;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;

namespace Coos.Web.Methods;

/// <summary>Writes the methods of a board as CSV, one line per run. Fractions are 0 to 1, and missing numbers are empty fields.</summary>
internal static class MethodCsv
{
    /// <summary>Writes a board, best method first.</summary>
    public static string Write(MethodBoard board)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', Header(board.Benchmark).Select(CsvField.QuoteForSpreadsheet)).Append('\n');
        foreach (var method in board.Methods)
        {
            for (var run = 0; run < method.Group.Runs.Count; run++)
            {
                csv.AppendJoin(',', Fields(method, run, board.Benchmark).Select(CsvField.QuoteForSpreadsheet)).Append('\n');
            }
        }

        return csv.ToString();
    }

    private static IEnumerable<string> Header(Benchmark benchmark) =>
        [
            "rank",
            "rank_lowest",
            "rank_highest",
            "among_best",
            "name",
            "method",
            "submitter",
            "kind",
            "runs",
            "score",
            "score_lower",
            "score_upper",
            "run_deviation",
            "variance_images",
            "variance_runs",
            "degrees",
            "run",
            "id",
            "run_score",
            .. benchmark.TestSplits.Select(s => s.Name),
        ];

    private static IEnumerable<string> Fields(RankedMethod method, int run, Benchmark benchmark)
    {
        var row = method.Group.Runs[run];
        var variance = method.Estimate.Variance;
        return
        [
            Text(method.Rank.Rank),
            Text(method.Rank.Lowest),
            Text(method.Rank.Highest),
            method.Rank.IsAmongBest ? "true" : "false",
            method.Group.PathName,
            method.Group.Method,
            method.Group.Submitter,
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(method.Group.Kind.ToString()),
            Text(method.Group.Runs.Count),
            Text(method.Score),
            Text(method.Estimate.Interval.Lower),
            Text(method.Estimate.Interval.Upper),
            Text(method.Deviation),
            Text(variance.Images),
            Text(variance.Runs),
            Text(double.IsFinite(variance.Degrees) ? variance.Degrees : null),
            row.Entry.Run!,
            row.Entry.Id.ToString(),
            Text(row.Score),
            .. benchmark.TestSplits.Select(s =>
                Text(row.Entry.Splits.TryGetValue(s.Name, out var score) ? benchmark.Ranking.Info.ToValue(score.Loss) : null)
            ),
        ];
    }

    private static string Text(double? number) => CsvField.Number(number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
