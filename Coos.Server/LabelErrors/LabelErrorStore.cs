using Coos.Evaluator.Hardness;
using Coos.Evaluator.LabelErrors;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Leaderboards;
using Coos.Server.Scoring;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.LabelErrors;

/// <summary>
/// Finds labels that are possibly wrong, in the background, from the probabilities of the best entries. What it returns tells labels, so it
/// is for organisers only.
/// </summary>
internal sealed partial class LabelErrorStore(
    OrganiserBoard board,
    LabelStore labels,
    IDbContextFactory<CoosDbContext> databases,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<LabelErrorStore> logger
)
{
    /// <summary>The maximum number of entries, the best ones: reading the probabilities of one of COOS-7's size takes 20 ms.</summary>
    public const int MaximumEntries = 50;

    /// <summary>The maximum number of probabilities of an entry: images times classes.</summary>
    public int MaximumValues { get; set; } = 20_000_000;

    private readonly BackgroundResults<EntryGroup, SplitLabelErrors> _results = new((a, b) => a.IsSame(b), results, lifetime, clock);

    /// <summary>Gets the possible label errors of a split, which has labels.</summary>
    /// <returns>The result; without output while it is being computed, or if that failed.</returns>
    public async Task<BackgroundResult<SplitLabelErrors>> GetAsync(Benchmark benchmark, Split split, CancellationToken cancellation)
    {
        var group = EntryGroup.Select(await board.ReadAsync(benchmark, cancellation), [split.Name], MaximumEntries);
        return await _results.GetAsync(
            $"{benchmark.Slug} {split.Name}",
            benchmark.Slug,
            group,
            (input, _, stop) => ComputeAsync(benchmark, split, input, stop),
            cancellation
        );
    }

    private async Task<SplitLabelErrors?> ComputeAsync(Benchmark benchmark, Split split, EntryGroup group, CancellationToken cancellation)
    {
        try
        {
            if (group.Rows.Count == 0)
            {
                return SplitLabelErrors.None;
            }

            if (!labels.TryGet(benchmark.Slug, split.Name, out var active) || active.VersionId != group.Labels[0])
            {
                // The entries are being rescored; the next board has the current labels.
                return null;
            }

            return (long)active.Labels.Classes.Length * benchmark.Classes.Count > MaximumValues
                ? SplitLabelErrors.TooMany
                : await FindAsync(benchmark, split, active, group, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LabelErrorsFailed(logger, e, benchmark.Slug, split.Name);
            return null;
        }
    }

    private async Task<SplitLabelErrors> FindAsync(
        Benchmark benchmark,
        Split split,
        ActiveLabels active,
        EntryGroup group,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        EntryVote[] votes = [.. group.Rows.Select(r => new EntryVote(r.Entry.VotingFamily, r.Entry.Method, []))];
        var weights = VoteWeights.Of(votes);
        var evidence = new LabelEvidence(active.Labels.Classes, benchmark.Classes.Count);
        var (entries, withProbabilities) = (0, 0);
        foreach (var (i, row) in group.Rows.Index())
        {
            var file = await database
                .PredictionFiles.AsNoTracking()
                .FirstOrDefaultAsync(f => f.SubmissionId == row.Entry.Id && f.Split == split.Name, cancellation);
            if (file is null)
            {
                // Deleted since the board was read.
                continue;
            }

            var probabilities = await ReadProbabilitiesAsync(database, file, active, benchmark, cancellation);
            evidence.Add(weights[i], file.Classes, probabilities);
            entries++;
            withProbabilities += probabilities is null ? 0 : 1;
        }

        return entries == 0
            ? SplitLabelErrors.None
            : new SplitLabelErrors(evidence.Find(), entries, withProbabilities, active.VersionId, false);
    }

    /// <summary>Reads the probabilities of an entry; null if it has none, or if the upload no longer yields them.</summary>
    private async Task<ClassProbabilities?> ReadProbabilitiesAsync(
        CoosDbContext database,
        PredictionFile file,
        ActiveLabels active,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        try
        {
            return (await RecordedPredictions.ReadAsync(database, file, active.Labels.Images, benchmark, cancellation)).Probabilities;
        }
        catch (EvaluationException e)
        {
            Log.ProbabilitiesUnreadable(logger, file.SubmissionId, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(360, LogLevel.Error, "The possible label errors of {Benchmark}/{Split} could not be found")]
        public static partial void LabelErrorsFailed(ILogger logger, Exception exception, string benchmark, string split);

        [LoggerMessage(
            361,
            LogLevel.Warning,
            "Submission {Submission} counts without its probabilities among the possible label errors: {Reason}"
        )]
        public static partial void ProbabilitiesUnreadable(ILogger logger, Guid submission, string reason);
    }
}
