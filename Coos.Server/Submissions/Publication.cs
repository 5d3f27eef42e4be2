using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Maintains <see cref="Submission.PublishedAt"/>. Every change that can put a submission on the leaderboard or remove it calls
/// this afterwards in the same transaction. The condition is evaluated on the row at that time, so concurrent publishing and
/// scoring cannot miss each other.
/// </summary>
internal static class Publication
{
    /// <summary>Sets the time of submissions that appeared on the leaderboard, and clears it for those that were removed.</summary>
    /// <param name="submissions">The changed submissions.</param>
    /// <param name="now">The current time, UTC.</param>
    /// <param name="cancellation">Cancels the update.</param>
    public static Task MarkAsync(IQueryable<Submission> submissions, DateTime now, CancellationToken cancellation) =>
        submissions
            .Where(s =>
                s.PublishedAt == null
                    ? s.Visibility == SubmissionVisibility.Public
                        && s.HiddenAt == null
                        && s.CurrentEvaluationId != null
                        && (s.PendingEvaluationId == null || s.PendingEvaluationId != s.CurrentEvaluationId)
                    : s.Visibility != SubmissionVisibility.Public || s.HiddenAt != null
            )
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PublishedAt, s => s.PublishedAt == null ? now : null), cancellation);
}
