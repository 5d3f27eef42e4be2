using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards.Final;

/// <summary>Creates final rankings. Pure functions.</summary>
internal static class FinalRankings
{
    /// <summary>Creates the final ranking of a closed benchmark.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="ofPublic">The board on the public part.</param>
    /// <param name="ofSealed">The board on the sealed part, best first.</param>
    /// <param name="differences">The difference of each entry with all ranking splits, by evaluation.</param>
    public static FinalRanking Create(
        Benchmark benchmark,
        IReadOnlyList<RankedEntry> ofPublic,
        IReadOnlyList<RankedEntry> ofSealed,
        IReadOnlyDictionary<Guid, PartDifference> differences
    )
    {
        var before = ofPublic.ToDictionary(r => r.Entry.Id);
        var entries = ofSealed
            .Where(r => r.Entry.EvaluationId is not null)
            .Select(r => Create(benchmark, r, before.GetValueOrDefault(r.Entry.Id), differences))
            .ToList();
        var best = FindBestOfSubmitters(entries, before);
        return new FinalRanking
        {
            Benchmark = benchmark.Slug,
            ClosedAt = benchmark.ClosedAt!.Value,
            Share = benchmark.SealedShare,
            BaselineDifference = ComputeMedian([
                .. entries.Where(e => e.Kind == SubmissionKind.Baseline).Select(e => e.Difference).OfType<double>(),
            ]),
            Gauge = FitGauge(best.Select(id => before[id].Entry), differences),
            Entries = [.. AddTests(entries).Select(e => best.Contains(e.Id) ? e with { IsBestOfSubmitter = true } : e)],
        };
    }

    /// <summary>Finds the entry of each account and team that was best on the public part.</summary>
    private static HashSet<Guid> FindBestOfSubmitters(IEnumerable<FinalEntry> entries, Dictionary<Guid, RankedEntry> before) =>
        [
            .. entries
                .Where(e => e.PublicError is not null && before[e.Id].Entry.Tries is not null)
                .GroupBy(e => before[e.Id].Entry.Owner)
                .Select(g => g.MinBy(e => (e.PublicError, before[e.Id].Entry.CreatedAt))!.Id),
        ];

    private static OverfittingDocument? FitGauge(IEnumerable<LeaderboardEntry> best, IReadOnlyDictionary<Guid, PartDifference> differences)
    {
        var known = best.Where(e => differences.TryGetValue(e.EvaluationId!.Value, out var difference) && difference.Variance > 0)
            .Select(e => (differences[e.EvaluationId!.Value], Math.Max(1, e.Tries!.Value)))
            .ToList();
        return OverfittingGauge.Fit(known) is { } gauge
            ? new OverfittingDocument(gauge.Submitters, gauge.SlopePerDoubling, gauge.Interval.ToArray())
            : null;
    }

    private static FinalEntry Create(
        Benchmark benchmark,
        RankedEntry row,
        RankedEntry? before,
        IReadOnlyDictionary<Guid, PartDifference> differences
    )
    {
        var difference = differences.TryGetValue(row.Entry.EvaluationId!.Value, out var known) ? known : (PartDifference?)null;
        return new FinalEntry
        {
            Id = row.Entry.Id,
            Method = row.Entry.Method,
            Submitter = row.Entry.Submitter,
            Kind = row.Entry.Kind,
            Rank = row.Rank,
            PublicRank = before?.Rank,
            SealedError = row.Score,
            SealedErrorInterval = ShiftCosts.ComputeScoreInterval(row, benchmark)?.ToArray(),
            PublicError = before?.Score,
            Difference = difference?.Value,
            DifferenceInterval = difference?.Interval.ToArray(),
            P = row.Entry.Kind == SubmissionKind.Submission ? difference?.P : null,
        };
    }

    /// <summary>Adjusts the p of the tested entries by Holm. Baselines are not tested, because nobody fitted them.</summary>
    private static List<FinalEntry> AddTests(List<FinalEntry> entries)
    {
        var tested = entries.Where(e => e.P is not null).ToList();
        var adjusted = RankIntervals.AdjustByHolm([.. tested.Select(e => e.P!.Value)]);
        var byId = tested.Select((e, i) => (e.Id, P: adjusted[i])).ToDictionary(e => e.Id, e => e.P);
        return
        [
            .. entries.Select(e => byId.TryGetValue(e.Id, out var p) ? e with { AdjustedP = p, HasFallen = p <= FinalRanking.Level } : e),
        ];
    }

    private static double? ComputeMedian(double[] values)
    {
        Array.Sort(values);
        var half = values.Length / 2;
        return values.Length == 0 ? null
            : values.Length % 2 == 1 ? values[half]
            : (values[half - 1] + values[half]) / 2;
    }
}
