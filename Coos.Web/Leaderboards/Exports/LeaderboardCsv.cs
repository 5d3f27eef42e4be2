using System.Globalization;
using System.Text;
using System.Text.Json;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Groups;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Writes a whole leaderboard as CSV. Fractions are 0 to 1, and missing numbers are empty fields.</summary>
internal static class LeaderboardCsv
{
    /// <summary>Writes a board, best entry first.</summary>
    /// <param name="board">The board.</param>
    /// <param name="group">The scores within a group of images, as the last columns; null for none.</param>
    public static string Write(Board board, BoardGroup? group = null)
    {
        var csv = new StringBuilder();
        Append(csv, [.. Header(board.Benchmark), .. GroupHeader(group)]);
        foreach (var row in board.Rows)
        {
            Append(csv, [.. Fields(row, board.Benchmark, board.Benchmark.Ranking.Info), .. GroupFields(row.Entry, group)]);
        }

        return csv.ToString();
    }

    private static void Append(StringBuilder csv, IEnumerable<string> fields) =>
        csv.AppendJoin(',', fields.Select(CsvField.QuoteForSpreadsheet)).Append('\n');

    private static IEnumerable<string> GroupHeader(BoardGroup? group) =>
        group is null ? [] : ["group", .. group.Splits.SelectMany(s => ScoreColumns($"group_{s.Split.Name}"))];

    private static IEnumerable<string> GroupFields(LeaderboardEntry entry, BoardGroup? group) =>
        group is null ? [] : [group.Key.ToString(), .. group.Splits.SelectMany(s => Score(group.Find(entry, s.Split.Name), group.Metric))];

    private static IEnumerable<string> Header(Benchmark benchmark) =>
        [
            "rank",
            "rank_lowest",
            "rank_highest",
            "tied_with_best",
            "id",
            "method",
            "submitter",
            "kind",
            "created_at",
            "external_data",
            "score",
            "gap",
            "worst_split",
            "effective_robustness",
            .. benchmark.Splits.SelectMany(s => ScoreColumns(s.Name)),
            .. Shifted(benchmark).SelectMany(s => new[] { $"{s}_gap", $"{s}_gap_lower", $"{s}_gap_upper" }),
            "score_lower",
            "score_upper",
            "gap_lower",
            "gap_upper",
            "withheld",
            "rank_logit_mean",
            "rank_worst_split",
            "rank_all_shifted",
            "run",
            "pretraining",
            "training_images",
            "ensemble",
            "test_time_adaptation",
            "tuned_on",
            "parameters",
            "tries",
            "family",
            "verification",
        ];

    private static IEnumerable<string> Fields(RankedEntry row, Benchmark benchmark, MetricInfo metric) =>
        [
            Text(row.Rank),
            Text(row.Interval?.Lowest),
            Text(row.Interval?.Highest),
            Text(row.IsTiedWithBest),
            row.Entry.Id.ToString(),
            row.Entry.Method,
            row.Entry.Submitter,
            JsonNamingPolicy.CamelCase.ConvertName(row.Entry.Kind.ToString()),
            row.Entry.CreatedAt?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "",
            Text(row.Entry.ExternalData),
            Text(row.Score is { } score ? metric.ToValue(score) : null),
            Text(row.Gap is { } own ? metric.ToDifference(own) : null),
            row.Shift.WorstSplit ?? "",
            Text(row.Shift.EffectiveRobustness),
            .. benchmark.Splits.SelectMany(s => Score(row.Entry.Splits.GetValueOrDefault(s.Name), metric)),
            .. Shifted(benchmark).SelectMany(s => Gap(row.Shift.Gaps.TryGetValue(s, out var gap) ? gap : null, metric)),
            .. Limits(row.ScoreInterval is { } limits ? metric.ToValues(limits.Lower, limits.Upper) : null),
            .. Limits(row.GapInterval is { } gaps ? metric.ToDifferences(gaps.Lower, gaps.Upper) : null),
            row.Entry.Withheld ?? "",
            Text(row.OtherRanks?.LogitMean),
            Text(row.OtherRanks?.WorstSplit),
            Text(row.OtherRanks?.AllShifted),
            row.Entry.Run ?? "",
            .. Stated(row.Entry.Protocol),
            Text(row.Entry.Tries),
            row.Entry.Family,
            row.Entry.Verification is { } level ? JsonNamingPolicy.CamelCase.ConvertName(level.ToString()) : "",
        ];

    private static string[] Stated(Protocol protocol) =>
        [
            protocol.Pretraining ?? "",
            Text(protocol.TrainingImages),
            Text(protocol.Ensemble),
            Text(protocol.TestTimeAdaptation),
            protocol.TunedOn is { } tuned ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(tuned.ToString()) : "",
            Text(protocol.Parameters),
        ];

    private static IEnumerable<string> Shifted(Benchmark benchmark) =>
        benchmark.Reference is null ? [] : benchmark.TestSplits.Select(s => s.Name).Where(s => s != benchmark.Reference);

    private static string[] ScoreColumns(string name) => [name, $"{name}_lower", $"{name}_upper", $"{name}_interval_method"];

    private static string[] Score(EntryScore? score, MetricInfo metric) =>
        [
            Text(score is null ? null : metric.ToValue(score.Loss)),
            .. Limits(score?.Interval is { } limits ? metric.ToValues(limits.Lower, limits.Upper) : null),
            score?.IntervalMethod ?? "",
        ];

    private static string[] Gap(ShiftGap? gap, MetricInfo metric) =>
        [
            Text(gap is { } own ? metric.ToDifference(own.Gap) : null),
            .. Limits(gap?.Interval is { } limits ? metric.ToDifferences(limits.Lower, limits.Upper) : null),
        ];

    private static string[] Limits(double[]? limits) => [Text(limits?[0]), Text(limits?[1])];

    private static string Text(double? number) => CsvField.Number(number);

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(bool? value) =>
        value switch
        {
            true => "true",
            false => "false",
            null => "",
        };
}
