using System.Linq.Expressions;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>Takes submissions for an evaluator and gives them back, by conditional updates of their rows.</summary>
internal sealed class EvaluationClaims(WriteLock writes, TimeProvider clock)
{
    /// <summary>
    /// How long a claim holds. Scoring takes milliseconds; an older claim is that of a process that died. Should one
    /// merely have been slow, the unique index on evaluations keeps the work from being recorded twice.
    /// </summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What an evaluator may take: what waits, and what was left behind by whoever took it. A claim from the future is left
    /// behind too: the clock was set back since, and nobody would take the submission until the clock is there again.
    /// </summary>
    public static Expression<Func<Submission, bool>> IsFree(DateTime now)
    {
        var (oldest, newest) = (now - ClaimTime, now + ClaimTime);
        return s =>
            s.Status == SubmissionStatus.Received
            || (s.Status == SubmissionStatus.Scoring && (s.ClaimedAt < oldest || s.ClaimedAt > newest));
    }

    /// <summary>Takes a submission.</summary>
    /// <returns>Whether it was taken; not where another evaluator has it, or it needs no score.</returns>
    public async Task<bool> TryTakeAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
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

    /// <summary>Gives a claim back, so that the queue's next attempt or the sweep finds it free.</summary>
    /// <param name="database">The database.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="attempts">How many attempts count.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task ReturnAsync(CoosDbContext database, ScoringClaim claim, int attempts, CancellationToken cancellation)
    {
        using var taken = await writes.AcquireAsync(cancellation);
        await claim
            .Of(database)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Status, SubmissionStatus.Received).SetProperty(s => s.Attempts, attempts),
                cancellation
            );
    }
}

/// <summary>That an evaluator took a submission.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Attempts">How often it was taken, with this time.</param>
internal sealed record ScoringClaim(Guid Submission, DateTime? At, int Attempts)
{
    /// <summary>The submission's row while this claim to it holds; none once another has taken or scored it.</summary>
    public IQueryable<Submission> Of(CoosDbContext database) =>
        database.Submissions.Where(s => s.Id == Submission && s.Status == SubmissionStatus.Scoring && s.ClaimedAt == At);
}
