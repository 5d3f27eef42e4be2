using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Submissions;

/// <summary>Writes submissions.</summary>
internal sealed class SubmissionStore(IDbContextFactory<CoosDbContext> databases, TimeProvider clock)
{
    private const int SqliteConstraintUnique = 2067;

    /// <summary>Stores a draft as Received, whole or not at all.</summary>
    /// <returns>Its id and null, or the refusal where the same submitter sent the same predictions before.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> InsertAsync(SubmissionDraft draft, CancellationToken cancellation)
    {
        var row = ToRow(draft);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        database.Add(row);
        try
        {
            await database.SaveChangesAsync(cancellation);
            return (row.Id, null);
        }
        catch (DbUpdateException e) when (IsDuplicate(e))
        {
            var existing = await database.Submissions
                .Where(s => s.Benchmark == row.Benchmark && s.SubmitterKey == row.SubmitterKey && s.PredictionsHash == row.PredictionsHash)
                .Select(s => s.Id)
                .FirstAsync(cancellation);
            return (existing, Refusal.Duplicate(existing));
        }
    }

    private Submission ToRow(SubmissionDraft draft)
    {
        var now = clock.GetUtcNow();
        var row = new Submission
        {
            Id = Guid.CreateVersion7(now),
            Benchmark = draft.Benchmark.Slug,
            Method = draft.Fields.Method,
            Submitter = draft.Fields.Submitter,
            SubmitterKey = draft.SubmitterKey,
            Kind = draft.Kind,
            Status = SubmissionStatus.Received,
            Description = draft.Fields.Description,
            PaperUrl = draft.Fields.PaperUrl,
            CodeUrl = draft.Fields.CodeUrl,
            ExternalData = draft.Fields.ExternalData,
            Visibility = draft.Fields.Visibility,
            PredictionsHash = Evaluation.CombineHashes(draft.Files.Select(f => (f.Predictions.Split, f.Predictions.Hash))),
            CreatedAt = now.UtcDateTime,
            Baseline = draft.Baseline,
        };
        foreach (var file in draft.Files)
        {
            row.Files.Add(ToRow(file, now));
        }

        return row;
    }

    private static PredictionFile ToRow(DraftFile file, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Split = file.Predictions.Split,
        Classes = file.Predictions.Classes,
        ImagesHash = file.ImagesHash,
        Hash = file.Predictions.Hash,
        HasProbabilities = file.Predictions.Probabilities is not null,
        Original = new OriginalUpload { Content = file.Original },
    };

    private static bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique };
}
