using System.Linq.Expressions;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Coos.Server.Submissions;

/// <summary>Hides, marks and rescores submissions for organisers. Each action and its audit entry are one transaction.</summary>
internal sealed class SubmissionModeration(
    IDbContextFactory<CoosDbContext> databases,
    AuditLog audit,
    ResultVersions results,
    TimeProvider clock
)
{
    /// <summary>Hides a submission from the leaderboard, or shows it again.</summary>
    /// <returns>Whether the submission exists.</returns>
    public Task<bool> HideAsync(Guid id, bool hide, CancellationToken cancellation)
    {
        DateTime? at = hide ? clock.GetUtcNow().UtcDateTime : null;
        return ChangeAsync(
            id,
            hide ? "submission.hide" : "submission.show",
            s => true,
            set => set.SetProperty(s => s.HiddenAt, at),
            cancellation
        );
    }

    /// <summary>Marks a submission as checked by an organiser, or removes the mark.</summary>
    /// <returns>Whether the submission exists.</returns>
    public Task<bool> CheckAsync(Guid id, bool isChecked, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            isChecked ? "submission.check" : "submission.uncheck",
            s => true,
            set => set.SetProperty(s => s.IsChecked, isChecked),
            cancellation
        );

    /// <summary>Marks a scored or failed submission for rescoring. The sweep finds it within seconds.</summary>
    /// <returns>Whether it was marked; false if it is already waiting or does not exist.</returns>
    public Task<bool> RescoreAsync(Guid id, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            "submission.reevaluate",
            s => (s.Status == SubmissionStatus.Scored || s.Status == SubmissionStatus.Failed) && s.Files.Count > 0,
            set =>
                set.SetProperty(s => s.Status, SubmissionStatus.Received)
                    .SetProperty(s => s.ClaimedAt, (DateTime?)null)
                    .SetProperty(s => s.Attempts, 0),
            cancellation
        );

    private async Task<bool> ChangeAsync(
        Guid id,
        string action,
        Expression<Func<Submission, bool>> condition,
        Action<UpdateSettersBuilder<Submission>> change,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var rows = database.Submissions.Where(s => s.Id == id).Where(condition);
        var row = await rows.FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return false;
        }

        await rows.ExecuteUpdateAsync(change, cancellation);
        await Publication.MarkAsync(database.Submissions.Where(s => s.Id == id), clock.GetUtcNow().UtcDateTime, cancellation);
        await audit.WriteAsync(database, action, id.ToString(), $"\"{row.Method}\" by {row.Submitter}", cancellation);
        await transaction.CommitAsync(cancellation);
        await results.InvalidateAsync(row.Benchmark);
        return true;
    }
}
