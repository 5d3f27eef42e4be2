using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Requests that models are run again, for organisers: to verify an entry, or after labels or images changed.</summary>
internal sealed class ModelReruns(
    IDbContextFactory<CoosDbContext> databases,
    AuditLog audit,
    ModelQueue queue,
    WriteLock writes,
    TimeProvider clock
)
{
    /// <summary>Requests a run.</summary>
    /// <returns>Null if it was requested; otherwise the refusal.</returns>
    public async Task<Refusal?> RequestAsync(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using (await writes.AcquireAsync(cancellation))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            var submission = await database.Submissions.FirstOrDefaultAsync(s => s.Id == id, cancellation);
            if (submission is null)
            {
                return SubmissionReader.NotFound(id);
            }

            if (!await database.Models.AnyAsync(m => m.SubmissionId == id, cancellation))
            {
                return Nothing(id);
            }

            if (
                await database.ModelRuns.AnyAsync(
                    r => r.SubmissionId == id && r.Purpose == ModelRunPurpose.Predictions && r.Status < ModelRunStatus.Done,
                    cancellation
                )
            )
            {
                return Waiting(id);
            }

            database.Add(
                new ModelRun
                {
                    Id = Guid.CreateVersion7(now),
                    SubmissionId = id,
                    Purpose = ModelRunPurpose.Predictions,
                    RequestedAt = now.UtcDateTime,
                }
            );
            await database.SaveChangesAsync(cancellation);

            // One that has no predictions waits again; one that has keeps its scores meanwhile.
            await database
                .Submissions.Where(s => s.Id == id && s.Files.Count == 0)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(s => s.Status, SubmissionStatus.Running)
                            .SetProperty(s => s.Failure, (string?)null)
                            .SetProperty(s => s.FailedAt, (DateTime?)null),
                    cancellation
                );
            await audit.WriteAsync(
                database,
                "submission.run",
                id.ToString(),
                $"\"{submission.Method}\" by {submission.Submitter}",
                cancellation
            );
            await transaction.CommitAsync(cancellation);
        }

        queue.Wake();
        return null;
    }

    private static Refusal Nothing(Guid id) =>
        new(
            RefusalKind.Conflict,
            "No model",
            $"Submission {id} has only prediction files, and no model that could be run. Nothing was changed."
        );

    private static Refusal Waiting(Guid id) =>
        new(
            RefusalKind.Conflict,
            "Already waiting",
            $"The model of submission {id} is waiting for a run, or is being run. Nothing was changed."
        );
}
