using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Writes submissions.</summary>
internal sealed class SubmissionStore(IDbContextFactory<CoosDbContext> databases, Quota quota, WriteLock writes, TimeProvider clock)
{
    /// <summary>Stores a draft as Received, whole or not at all.</summary>
    /// <returns>
    /// Its id; or why it was not stored: the same submitter sent the same predictions before (<see cref="Refusal.Existing"/>),
    /// or the quota is used up.
    /// </returns>
    public async Task<Result<Guid>> InsertAsync(SubmissionDraft draft, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryInsertAsync(draft, cancellation) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <returns>Null where the same predictions were there a moment ago and are deleted now.</returns>
    private async Task<Result<Guid>?> TryInsertAsync(SubmissionDraft draft, CancellationToken cancellation)
    {
        var row = ToRow(draft);
        var day = await quota.PrepareAsync(draft.Submitter, draft.Benchmark, cancellation);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        try
        {
            if (await InsertAsync(database, row, draft, day, cancellation) is not { } refusal)
            {
                return row.Id;
            }

            // That they were sent before says more than that the quota is used up.
            return await FindDuplicateAsync(database, row, cancellation) ?? refusal;
        }
        catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
        {
            // The transaction is rolled back by now, so the quota is not used.
            if (await FindDuplicateAsync(database, row, cancellation) is { } duplicate)
            {
                return duplicate;
            }

            return null;
        }
    }

    private async Task<Refusal?> InsertAsync(
        CoosDbContext database,
        Submission row,
        SubmissionDraft draft,
        DateTime day,
        CancellationToken cancellation
    )
    {
        using var taken = await writes.AcquireAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await quota.TakeAsync(database, draft.Submitter, draft.Benchmark, day, cancellation) is { } refusal)
        {
            return refusal;
        }

        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private static async Task<Refusal?> FindDuplicateAsync(CoosDbContext database, Submission row, CancellationToken cancellation)
    {
        var existing = await database
            .Submissions.Where(s =>
                s.Benchmark == row.Benchmark && s.SubmitterKey == row.SubmitterKey && s.PredictionsHash == row.PredictionsHash
            )
            .Select(s => (Guid?)s.Id)
            .FirstOrDefaultAsync(cancellation);
        return existing is { } id ? Duplicate(id) : null;
    }

    private Submission ToRow(SubmissionDraft draft)
    {
        var now = clock.GetUtcNow();
        var row = new Submission
        {
            Id = Guid.CreateVersion7(now),
            Benchmark = draft.Benchmark.Slug,
            Method = draft.Fields.Method,
            Submitter = draft.Submitter.Name,
            SubmitterKey = draft.Submitter.Key,
            OwnerId = draft.Submitter.OwnerId,
            TeamId = draft.Submitter.TeamId,
            IsVerified = draft.Submitter.OwnerId is not null || draft.Kind == SubmissionKind.Baseline,
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

    private static PredictionFile ToRow(DraftFile file, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Split = file.Predictions.Split,
            Classes = file.Predictions.Classes,
            ImagesHash = file.ImagesHash,
            Hash = file.Predictions.Hash,
            HasProbabilities = file.Predictions.Probabilities is not null,
            Original = new OriginalUpload { Content = file.Original },
        };

    private static Refusal Duplicate(Guid existing) =>
        new(
            RefusalKind.Conflict,
            "These predictions were submitted before",
            $"Nothing was stored. The same submitter sent the same predictions as submission {existing}; its scores hold."
        )
        {
            Existing = existing,
        };
}
