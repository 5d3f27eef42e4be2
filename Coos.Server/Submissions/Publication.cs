using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Keeps <see cref="Submission.PublishedAt"/> true. Whatever may put a submission on a board or take it off calls this
/// after its change, in the same transaction: whether a row is on the board is read from the row as it is then, so that
/// somebody who publishes and an evaluator who scores at the same moment cannot miss each other.
/// </summary>
internal static class Publication
{
    /// <summary>Gives those of some submissions the time that came onto the board, and takes it from those that left it.</summary>
    /// <param name="submissions">Those that were changed.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellation">Ends the work.</param>
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
