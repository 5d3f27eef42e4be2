using Coos.Evaluator.Hardness;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Images;

/// <summary>How hard the images of a split are for the entries of the board.</summary>
/// <param name="Votes">The votes for each image in canonical order; null without entries.</param>
/// <param name="Entries">The number of entries.</param>
/// <param name="LabelVersion">The labels; empty without entries.</param>
internal sealed record SplitHardness(ImageVotes? Votes, int Entries, Guid LabelVersion);

/// <summary>
/// Computes how hard the images of a split are, in the background. What it returns depends on the labels, so it is only for viewers who
/// may see them.
/// </summary>
internal sealed partial class HardnessStore(
    BoardStore boards,
    LabelStore labels,
    EvidenceReader evidence,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<HardnessStore> logger
)
{
    /// <summary>The maximum number of entries that vote; the best are kept.</summary>
    private const int MaximumEntries = RankTestInput.MaximumEntries;

    private readonly BackgroundResults<EntryGroup, SplitHardness> _results = new((a, b) => a.IsSame(b), results, lifetime, clock);

    /// <summary>Gets the hardness of the images of a split.</summary>
    /// <returns>The result; without output while it is being computed, or if that failed.</returns>
    public async Task<BackgroundResult<SplitHardness>> GetAsync(Benchmark benchmark, Split split, CancellationToken cancellation)
    {
        var board = await boards.GetAsync(benchmark, cancellation);
        var group = EntryGroup.Select(board.Rows, [split.Name], MaximumEntries);
        return await _results.GetAsync(
            $"{benchmark.Slug} {split.Name}",
            benchmark.Slug,
            group,
            (input, _, stop) => ComputeAsync(benchmark, split.Name, input, stop),
            cancellation
        );
    }

    private async Task<SplitHardness?> ComputeAsync(Benchmark benchmark, string split, EntryGroup group, CancellationToken cancellation)
    {
        try
        {
            if (group.Rows.Count == 0)
            {
                return new SplitHardness(null, 0, Guid.Empty);
            }

            if (!labels.TryGet(benchmark.Slug, split, out var active) || active.VersionId != group.Labels[0])
            {
                // The entries are being rescored; the next board has the current labels.
                return null;
            }

            Guid[] ids = [.. group.Rows.Select(r => r.Entry.Id)];
            var classes = await evidence.ReadAsync([split], ids, files => files[0], cancellation);
            EntryVote[] votes = [.. group.Rows.Select(r => new EntryVote(r.Entry.VotingFamily, r.Entry.Method, classes[r.Entry.Id]))];
            var counts = ImageHardness.Count(active.Labels.Classes, votes, benchmark.Classes.Count);
            return new SplitHardness(counts, votes.Length, active.VersionId);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.HardnessFailed(logger, e, benchmark.Slug, split);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(136, LogLevel.Error, "The hardness of the images of {Benchmark}/{Split} could not be computed")]
        public static partial void HardnessFailed(ILogger logger, Exception exception, string benchmark, string split);
    }
}
