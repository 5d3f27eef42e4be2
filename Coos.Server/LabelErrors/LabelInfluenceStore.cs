using Coos.Evaluator.LabelErrors;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.LabelErrors;

/// <summary>
/// Computes what the board would be without the images whose labels are possibly wrong, and with the suggested labels, in the background.
/// For organisers only.
/// </summary>
internal sealed partial class LabelInfluenceStore(
    OrganiserBoard board,
    LabelErrorStore errors,
    EvidenceReader evidence,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<LabelInfluenceStore> logger
)
{
    /// <summary>The maximum number of entries; the best are kept.</summary>
    private const int MaximumEntries = RankTestInput.MaximumEntries;

    private readonly BackgroundResults<Input, IReadOnlyList<LabelInfluence>> _results = new(
        (a, b) => a.Group.IsSame(b.Group) && a.Errors.SequenceEqual(b.Errors, ReferenceEqualityComparer.Instance),
        results,
        lifetime,
        clock
    );

    /// <summary>Gets the influence on the ranking.</summary>
    /// <param name="benchmark">The benchmark, with labels for all splits that rank.</param>
    /// <param name="cancellation">Ends the wait, not the work.</param>
    /// <returns>The entries by rank; without output while it is being computed, or if that failed.</returns>
    public async Task<BackgroundResult<IReadOnlyList<LabelInfluence>>> GetAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        Split[] splits = [.. benchmark.Ranking.Splits.Select(s => benchmark.FindSplit(s)!)];
        var found = await Task.WhenAll(splits.Select(s => errors.GetAsync(benchmark, s, cancellation)));
        if (found.Any(f => f.Output is null))
        {
            return new BackgroundResult<IReadOnlyList<LabelInfluence>>(null, found.Any(f => f.HasFailed));
        }

        var group = EntryGroup.Select(await board.ReadAsync(benchmark, cancellation), benchmark.Ranking.Splits, MaximumEntries);
        return await _results.GetAsync(
            $"{benchmark.Slug} {benchmark.ScoredPart}",
            benchmark.Slug,
            new Input(group, [.. found.Select(f => f.Output!)]),
            (input, _, stop) => ComputeAsync(benchmark, input, stop),
            cancellation
        );
    }

    private async Task<IReadOnlyList<LabelInfluence>?> ComputeAsync(Benchmark benchmark, Input input, CancellationToken cancellation)
    {
        var (group, found) = input;
        try
        {
            if (group.Rows.Count == 0)
            {
                return [];
            }

            if (found.Zip(group.Labels).Any(p => p.First.Entries > 0 && p.First.LabelVersion != p.Second))
            {
                // The entries are being rescored; the next board has the current labels.
                return null;
            }

            var parts = await evidence.ReadPartsAsync(benchmark, group.Splits, group.Labels, benchmark.ScoredPart, cancellation);
            LabelCorrection[] corrections =
            [
                .. parts.Zip(
                    found,
                    (part, errors) => new LabelCorrection(part.Labels.Classes, Select(part, errors), benchmark.Classes.Count)
                ),
            ];
            var scores = await evidence.ReadAsync(
                group.Splits,
                [.. group.Rows.Select(r => r.Entry.Id)],
                predicted => Score([.. corrections.Select((c, s) => c.Score(parts[s].Select(predicted[s])))]),
                cancellation
            );
            return LabelInfluence.Rank([
                .. group.Rows.Where(r => scores.ContainsKey(r.Entry.Id)).Select(r => (r.Entry, scores[r.Entry.Id])),
            ]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.InfluenceFailed(logger, e, benchmark.Slug);
            return null;
        }
    }

    /// <summary>The doubtful images of the part that is scored, by their positions in it.</summary>
    private static IEnumerable<(int Image, ushort Suggested)> Select(Coos.Evaluator.Disclosures.SplitPart part, SplitLabelErrors errors)
    {
        var suggested = errors.Found.ToDictionary(e => e.Image, e => e.Suggested);
        return part.Positions is null
            ? suggested.Select(s => (s.Key, s.Value))
            : part
                .Positions.Select((image, i) => (image, i))
                .Where(p => suggested.ContainsKey(p.image))
                .Select(p => (p.i, suggested[p.image]));
    }

    private static CorrectedErrors Score(CorrectedErrors[] ofSplits) =>
        new(ofSplits.Average(s => s.AsLabelled), ofSplits.Average(s => s.Without), ofSplits.Average(s => s.Relabelled));

    private sealed record Input(EntryGroup Group, IReadOnlyList<SplitLabelErrors> Errors);

    private static partial class Log
    {
        [LoggerMessage(362, LogLevel.Error, "The influence of possible label errors on the board of {Benchmark} could not be computed")]
        public static partial void InfluenceFailed(ILogger logger, Exception exception, string benchmark);
    }
}
