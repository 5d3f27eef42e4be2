using Coos.Evaluator.Consistency;
using Coos.Server.Benchmarks;
using Coos.Server.Disclosures;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Consistencies;

/// <summary>
/// Finds which entries of a board make the same mistakes. Results are computed in the background and kept in memory: 11 KB per
/// entry of a board of COOS-7's size, and 8 bytes per pair.
/// </summary>
internal sealed partial class ConsistencyStore(
    BoardStore boards,
    OrganiserBoard organiserBoard,
    EvidenceReader evidence,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ConsistencyStore> logger
)
{
    /// <summary>The maximum number of entries that are compared.</summary>
    public const int MaximumEntries = RankTestInput.MaximumEntries;

    private readonly BackgroundResults<EntryGroup, ConsistencyResult> _results = new((a, b) => a.IsSame(b), results, lifetime, clock);

    /// <summary>Reads which entries make the same mistakes.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The test set; empty for all that rank.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The document, or why it is refused: the split is unknown, or the benchmark guards its labels.</returns>
    public async Task<Result<ConsistencyDocument>> ReadAsync(Benchmark benchmark, string split, CancellationToken cancellation)
    {
        if (!ReadSplits(benchmark, split).TryGet(out var splits, out var invalid))
        {
            return invalid;
        }

        if (benchmark.Disclosure.IsGuarded)
        {
            return GuardedDetails.Refuse("Which entries make the same mistakes would reveal labels.", benchmark.Disclosure.Reason);
        }

        var board = await boards.GetAsync(benchmark, cancellation);
        var group = EntryGroup.Select(board.Rows, splits, MaximumEntries);
        var result = await GetAsync(benchmark.Slug, benchmark, group, cancellation);

        // The ranks of the same entries may have changed, and entries without predictions may have been added.
        return result.Output is { Document: var document }
            ? document with
            {
                Entries = UpdateRanks(document.Entries, group),
                Excluded = group.Others,
            }
            : new ConsistencyDocument
            {
                Benchmark = benchmark.Slug,
                Splits = splits,
                IsComputing = !result.HasFailed,
                HasFailed = result.HasFailed,
                Excluded = group.Others,
            };
    }

    /// <summary>
    /// Reads the pairs of entries with nearly the same mistakes, for organisers: also of guarded benchmarks, and of entries whose
    /// scores are withheld.
    /// </summary>
    /// <returns>The pairs, unless they are still being computed or could not be.</returns>
    public async Task<BackgroundResult<CloneReport>> FindClonesAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var complete = OrganiserBoard.Complete(benchmark);
        var group = EntryGroup.Select(await organiserBoard.ReadAsync(benchmark, cancellation), benchmark.Ranking.Splits, MaximumEntries);
        var result = await GetAsync($"organisers {benchmark.Slug}", complete, group, cancellation);
        return new BackgroundResult<CloneReport>(result.Output?.Clones, result.HasFailed);
    }

    private Task<BackgroundResult<ConsistencyResult>> GetAsync(
        string key,
        Benchmark benchmark,
        EntryGroup group,
        CancellationToken cancellation
    ) =>
        _results.GetAsync(
            $"{key} {benchmark.ScoredPart} {string.Join(' ', group.Splits)}",
            benchmark.Slug,
            group,
            (input, latest, stop) => ComputeAsync(benchmark, input, latest, stop),
            cancellation
        );

    private async Task<ConsistencyResult?> ComputeAsync(
        Benchmark benchmark,
        EntryGroup group,
        ConsistencyResult? latest,
        CancellationToken cancellation
    )
    {
        try
        {
            if (group.Rows.Count == 0)
            {
                return ConsistencyResult.CreateEmpty(benchmark, group);
            }

            var isKept = latest?.Layout is not null && latest.Group.Labels.SequenceEqual(group.Labels);
            var layout = isKept
                ? latest!.Layout!
                : new ConsistencyLayout(
                    await evidence.ReadPartsAsync(benchmark, group.Splits, group.Labels, benchmark.ScoredPart, cancellation),
                    benchmark.Classes.Count,
                    benchmark.Cluster
                );
            var known = isKept
                ? latest!.Group.Rows.Select((r, i) => (r.Entry.Id, i)).ToDictionary(r => r.Id, r => latest.Evidence[r.i])
                : [];
            Guid[] ids = [.. group.Rows.Select(r => r.Entry.Id)];
            var read = await evidence.ReadAsync(group.Splits, [.. ids.Where(id => !known.ContainsKey(id))], layout.Encode, cancellation);
            return ConsistencyResult.Compute(
                benchmark,
                group,
                layout,
                [.. ids.Select(id => known.TryGetValue(id, out var old) ? old : read[id])],
                cancellation
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ConsistencyFailed(logger, e, benchmark.Slug);
            return null;
        }
    }

    private static Result<string[]> ReadSplits(Benchmark benchmark, string split)
    {
        string[] tests = [.. benchmark.TestSplits.Select(s => s.Name)];
        if (split.Length == 0)
        {
            return benchmark.Ranking.Splits.ToArray();
        }

        return tests.Contains(split)
            ? new[] { split }
            : Refusal.BadQuery(new FieldProblem("split", "bad-value", $"split has an unknown value; allowed: {string.Join(", ", tests)}"));
    }

    private static ConsistentEntry[] UpdateRanks(IReadOnlyList<ConsistentEntry> entries, EntryGroup group)
    {
        var ranks = group.Rows.ToDictionary(r => r.Entry.Id, r => r.Rank);
        return [.. entries.Select(e => e with { Rank = ranks[e.Id] })];
    }

    private static partial class Log
    {
        [LoggerMessage(340, LogLevel.Error, "The error consistency of the entries of {Benchmark} could not be computed")]
        public static partial void ConsistencyFailed(ILogger logger, Exception exception, string benchmark);
    }
}
