using System.Linq.Expressions;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>Claims submissions for an evaluator and releases them, by conditional updates of their rows.</summary>
internal sealed class EvaluationClaims(WriteLock writes, TimeProvider clock)
{
    /// <summary>
    /// How long a claim is valid. Scoring takes milliseconds, so an older claim belongs to a process that died. If that
    /// process was merely slow, the unique index on evaluations prevents a second record of the same work.
    /// </summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Submissions that an evaluator may claim: those that wait, and those whose claim has expired. A claim from the future
    /// also counts as expired: the clock was set back, and the submission would otherwise wait until it catches up.
    /// </summary>
    public static Expression<Func<Submission, bool>> IsFree(DateTime now)
    {
        var (oldest, newest) = (now - ClaimTime, now + ClaimTime);
        return s =>
            s.Status == SubmissionStatus.Received
            || (s.Status == SubmissionStatus.Scoring && (s.ClaimedAt < oldest || s.ClaimedAt > newest));
    }

    /// <summary>Claims a submission.</summary>
    /// <returns>True if it was claimed; false if another evaluator has it or it does not need scoring.</returns>
    public async Task<bool> TryClaimAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        using var taken = await writes.AcquireAsync(cancellation);
        var claimed = await database
            .Submissions.Where(s => s.Id == id)
            .Where(IsFree(now))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Status, SubmissionStatus.Scoring)
                        .SetProperty(s => s.ClaimedAt, now)
                        .SetProperty(s => s.Attempts, s => s.Attempts + 1),
                cancellation
            );
        return claimed == 1;
    }

    /// <summary>Releases a claim, so that the queue's next attempt or the sweep can claim the submission again.</summary>
    /// <param name="database">The database.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="attempts">The number of attempts to record.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task ReleaseAsync(CoosDbContext database, ScoringClaim claim, int attempts, CancellationToken cancellation)
    {
        using var taken = await writes.AcquireAsync(cancellation);
        await claim
            .Query(database)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Status, SubmissionStatus.Received).SetProperty(s => s.Attempts, attempts),
                cancellation
            );
    }
}

/// <summary>An evaluator's claim to a submission.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Attempts">How often the submission was claimed, including this time.</param>
internal sealed record ScoringClaim(Guid Submission, DateTime? At, int Attempts)
{
    /// <summary>Selects the submission's row while this claim is valid; no row once another evaluator has claimed or scored it.</summary>
    public IQueryable<Submission> Query(CoosDbContext database) =>
        database.Submissions.Where(s => s.Id == Submission && s.Status == SubmissionStatus.Scoring && s.ClaimedAt == At);
}
