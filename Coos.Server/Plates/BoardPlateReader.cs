using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Plates;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Plates;

/// <summary>
/// Reads the mean errors by well over the entries of a board, each of which counts the same. Computed in the background, because it
/// reads the predictions of all entries.
/// </summary>
internal sealed partial class BoardPlateReader(
    BoardStore boards,
    EvidenceReader evidence,
    LabelStore labels,
    PositionTestStore tests,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<BoardPlateReader> logger
)
{
    private readonly BackgroundResults<EntryGroup, BoardPlates> _results = new((a, b) => a.IsSame(b), results, lifetime, clock);

    /// <summary>Reads the mean errors by well.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="trueClass">The index or name of a class, whose images alone are counted; empty for all.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The errors, or why they are refused: for example, the benchmark guards its labels.</returns>
    public async Task<Result<PlateResult>> ReadAsync(Benchmark benchmark, string split, string? trueClass, CancellationToken cancellation)
    {
        if (benchmark.TestSplits.All(s => s.Name != split))
        {
            return PlateRefusals.UnknownSplit(split, benchmark);
        }

        if (benchmark.Disclosure.IsGuarded)
        {
            return PlateRefusals.Guarded(benchmark.Disclosure.Reason);
        }

        if (!PlateRefusals.ReadClass(trueClass, benchmark).TryGet(out var chosen, out var invalid))
        {
            return invalid;
        }

        var board = await boards.GetAsync(benchmark, cancellation);
        var group = EntryGroup.Select(board.Rows, [split], RankTestInput.MaximumEntries);
        if (group.Rows.Count == 0)
        {
            return PlateRefusals.NoEntries(benchmark.TitleOf(split));
        }

        if (!labels.TryGet(benchmark.Slug, split, out var active) || active.Labels.Wells is null)
        {
            return PlateRefusals.NoWells(benchmark.TitleOf(split));
        }

        var result = await _results.GetAsync(
            $"{benchmark.Slug} {benchmark.ScoredPart} {split}",
            benchmark.Slug,
            group,
            (input, _, stop) => ComputeAsync(benchmark, input, stop),
            cancellation
        );
        if (result.Output is not { } output)
        {
            return result.HasFailed
                ? new Refusal(
                    RefusalKind.Unavailable,
                    "Not available",
                    "The errors by well could not be computed; the server will try again."
                )
                : new Refusal(RefusalKind.Unavailable, "Being computed", "The errors by well are being computed. Try again in a moment.");
        }

        return output.Mean?.Select(chosen.Class?.Index) is { } counts
            ? new PlateResult(benchmark, split, chosen.Class, counts, tests.Get(counts))
            {
                Subject = group.Rows.Count == 1 ? "The only entry" : $"Mean of {group.Rows.Count} entries",
                Entries = group.Rows.Count,
            }
            : PlateRefusals.NoWells(benchmark.TitleOf(split));
    }

    private async Task<BoardPlates?> ComputeAsync(Benchmark benchmark, EntryGroup group, CancellationToken cancellation)
    {
        try
        {
            var parts = await evidence.ReadPartsAsync(benchmark, group.Splits, group.Labels, benchmark.ScoredPart, cancellation);
            if (WellMap.Create(parts[0].Labels, benchmark.Plate) is not { } map)
            {
                return new BoardPlates(null);
            }

            WellCounts? total = null;
            var read = await evidence.ReadAsync(group.Splits, [.. group.Rows.Select(r => r.Entry.Id)], Add, cancellation);
            return new BoardPlates(total?.Divide(read.Count));

            bool Add(IReadOnlyList<ushort[]> files)
            {
                var counts = Count(map, parts[0], files[0], benchmark);
                total = total?.Add(counts) ?? counts;
                return true;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.PlatesFailed(logger, e, benchmark.Slug);
            return null;
        }
    }

    private static WellCounts Count(WellMap map, SplitPart part, ushort[] predicted, Benchmark benchmark) =>
        WellCounts.Count(map, part.Labels.Classes, part.Select(predicted), benchmark.Classes.Count);

    private static partial class Log
    {
        [LoggerMessage(342, LogLevel.Error, "The errors by well of the entries of {Benchmark} could not be computed")]
        public static partial void PlatesFailed(ILogger logger, Exception exception, string benchmark);
    }
}

/// <summary>The mean errors by well of a board.</summary>
/// <param name="Mean">The mean over its entries; null if the labels name no wells.</param>
internal sealed record BoardPlates(WellCounts? Mean);
