using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>
/// The ranks that an entry would have by other summaries of its test splits. If they differ much, the rank depends on the choice of the
/// mean.
/// </summary>
/// <param name="LogitMean">By the mean of the logits of the ranking splits' errors, in which small errors count more.</param>
/// <param name="WorstSplit">By the largest error of the ranking splits.</param>
/// <param name="AllShifted">By the mean error over all test splits but the reference; null if one is missing.</param>
public sealed record OtherRanks(int LogitMean, int WorstSplit, int? AllShifted)
{
    /// <summary>Formats the ranks for pages: "3 / 2 / 4".</summary>
    public string Format() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{LogitMean} / {WorstSplit} / {AllShifted?.ToString(CultureInfo.InvariantCulture) ?? "\u2013"}"
        );

    /// <summary>Computes the ranks of all entries that show every ranking split.</summary>
    public static IReadOnlyDictionary<Guid, OtherRanks> Compute(IReadOnlyList<RankedEntry> rows, Benchmark benchmark)
    {
        string[] shifted = [.. benchmark.TestSplits.Select(s => s.Name).Where(s => s != benchmark.Reference)];
        RankedEntry[] ranked = [.. rows.Where(r => r.Rank is not null && benchmark.Ranking.Splits.All(s => r.Entry.Splits.ContainsKey(s)))];
        var logit = Rank(ranked, r => benchmark.Ranking.Splits.Average(s => RobustnessLine.Logit(ErrorOf(r, s))));
        var worst = Rank(ranked, r => benchmark.Ranking.Splits.Max(s => ErrorOf(r, s)));
        var all = Rank(
            [.. ranked.Where(r => shifted.Length > 0 && shifted.All(s => r.Entry.Splits.ContainsKey(s)))],
            r => shifted.Average(s => ErrorOf(r, s))
        );
        return ranked.ToDictionary(
            r => r.Entry.Id,
            r => new OtherRanks(logit[r.Entry.Id], worst[r.Entry.Id], all.TryGetValue(r.Entry.Id, out var rank) ? rank : null)
        );
    }

    private static double ErrorOf(RankedEntry row, string split) => row.Entry.Splits[split].Loss;

    private static Dictionary<Guid, int> Rank(RankedEntry[] rows, Func<RankedEntry, double> error)
    {
        var ranks = new Dictionary<Guid, int>(rows.Length);
        var (place, rank, last) = (0, 0, double.NaN);
        foreach (
            var (id, value) in rows.Select(r => (r.Entry.Id, Value: Math.Round(error(r), RankingScore.Decimals))).OrderBy(r => r.Value)
        )
        {
            place++;
            rank = value == last ? rank : place;
            last = value;
            ranks[id] = rank;
        }

        return ranks;
    }
}
