using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Stores submissions in the database.</summary>
internal sealed class SubmissionStore(IDbContextFactory<CoosDbContext> databases, Quota quota, WriteLock writes, TimeProvider clock)
{
    /// <summary>Stores a draft with the status Received, in one transaction.</summary>
    /// <returns>
    /// The id, or a refusal: the same submitter already sent the same predictions (<see cref="Refusal.Existing"/>), the quota is
    /// used up, or the account was closed meanwhile.
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

    /// <returns>The result; null if a duplicate was found and deleted in the meantime, so the caller must retry.</returns>
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

            // A duplicate is the more helpful error than a used-up quota, but not than a closed account.
            return refusal.Kind == RefusalKind.SignInRequired ? refusal : await FindDuplicateAsync(database, row, cancellation) ?? refusal;
        }
        catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
        {
            // The transaction was rolled back, so no quota slot is used.
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
        if (draft.Submitter.OwnerId is { } owner && !await TryLockAsync(database, owner, cancellation))
        {
            return AccessRefusals.AccountClosed();
        }

        if (await quota.TakeAsync(database, draft.Submitter, draft.Benchmark, day, cancellation) is { } refusal)
        {
            return refusal;
        }

        database.Add(row);
        if (draft.Model is not null)
        {
            database.Add(ToRun(row));
        }

        await database.SaveChangesAsync(cancellation);
        if (draft.Model is { } model && !await TryTakeModelAsync(database, model, row.Id, cancellation))
        {
            return ModelIsGone();
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>
    /// Locks an account until the end of the context's current transaction, so that it is not deleted meanwhile: its entry would keep the
    /// name. An update locks the row on both database systems; it changes nothing.
    /// </summary>
    /// <returns>Whether the account is open.</returns>
    private static async Task<bool> TryLockAsync(CoosDbContext database, Guid account, CancellationToken cancellation) =>
        await database
            .Users.Where(a => a.Id == account && a.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, a => a.DisabledAt), cancellation) > 0;

    /// <summary>Gives a stored model to a submission.</summary>
    /// <returns>Whether it is still there; what has no submission is deleted after a while.</returns>
    private static async Task<bool> TryTakeModelAsync(
        CoosDbContext database,
        DraftModel model,
        Guid submission,
        CancellationToken cancellation
    ) =>
        await database
            .Models.Where(m => m.Id == model.Id && m.SubmissionId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.SubmissionId, submission), cancellation) > 0;

    private static ModelRun ToRun(Submission row) =>
        new()
        {
            Id = Guid.CreateVersion7(row.CreatedAt),
            SubmissionId = row.Id,
            Purpose = ModelRunPurpose.Predictions,
            RequestedAt = row.CreatedAt,
        };

    private static Refusal ModelIsGone() =>
        new(
            RefusalKind.Conflict,
            "Send the model again",
            "Nothing was stored. The check took so long that the model was deleted; send it again."
        );

    private static async Task<Refusal?> FindDuplicateAsync(CoosDbContext database, Submission row, CancellationToken cancellation)
    {
        var existing = await database
            .Submissions.Where(s =>
                s.Benchmark == row.Benchmark && s.SubmitterKey == row.SubmitterKey && s.PredictionsHash == row.PredictionsHash
            )
            .Select(s => (Guid?)s.Id)
            .FirstOrDefaultAsync(cancellation);
        return existing is not { } id ? null
            : row.Status == SubmissionStatus.Running ? DuplicateModel(id)
            : Duplicate(id);
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
            IsSignedIn = draft.Submitter.OwnerId is not null,
            Kind = draft.Kind,
            Status = draft.Files.Count > 0 ? SubmissionStatus.Received : SubmissionStatus.Running,
            Description = draft.Fields.Description,
            PaperUrl = draft.Fields.PaperUrl,
            CodeUrl = draft.Fields.CodeUrl,
            ExternalData = draft.Fields.ExternalData,
            Run = draft.Fields.Run,
            Family = draft.Fields.Protocol.Family,
            Pretraining = draft.Fields.Protocol.Pretraining,
            TrainingImages = draft.Fields.Protocol.TrainingImages,
            Ensemble = draft.Fields.Protocol.Ensemble,
            TestTimeAdaptation = draft.Fields.Protocol.TestTimeAdaptation,
            TunedOn = draft.Fields.Protocol.TunedOn,
            Parameters = draft.Fields.Protocol.Parameters,
            Visibility = draft.Fields.Visibility,
            PredictionsHash =
                draft.Files.Count > 0 || draft.Model is null
                    ? Evaluation.CombineHashes(draft.Files.Select(f => (f.Split, f.Hash)))
                    : draft.Model.Hash,
            CreatedAt = now.UtcDateTime,
            Baseline = draft.Baseline,
        };
        foreach (var file in draft.Files)
        {
            row.Files.Add(ToRow(file, now));
        }

        return row;
    }

    /// <summary>Creates the row of a prediction file.</summary>
    public static PredictionFile ToRow(DraftFile file, DateTimeOffset now, Guid submission = default) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SubmissionId = submission,
            Split = file.Split,
            Classes = file.Classes,
            ImagesHash = file.ImagesHash,
            Hash = file.Hash,
            HasProbabilities = file.HasProbabilities,
            Original = new OriginalUpload { Content = file.Original },
        };

    private static Refusal DuplicateModel(Guid existing) =>
        new(
            RefusalKind.Conflict,
            "Model already submitted",
            $"Nothing was stored. The same submitter already sent the same model as submission {existing}; see its scores."
        )
        {
            Existing = existing,
        };

    private static Refusal Duplicate(Guid existing) =>
        new(
            RefusalKind.Conflict,
            "Predictions already submitted",
            $"Nothing was stored. The same submitter already sent the same predictions as submission {existing}; see its scores."
        )
        {
            Existing = existing,
        };
}
