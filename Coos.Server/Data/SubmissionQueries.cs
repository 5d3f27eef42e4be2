using Coos.Shared.Submissions;

namespace Coos.Server.Data;

/// <summary>Query filters for submissions that several rules share.</summary>
internal static class SubmissionQueries
{
    /// <summary>
    /// Filters submissions that are waiting for scoring or being scored: those of <see cref="SubmissionStatusExtensions.IsUnscored"/>
    /// that have their predictions.
    /// </summary>
    public static IQueryable<Submission> Unscored(this IQueryable<Submission> submissions) =>
        submissions.Where(s => s.Status == SubmissionStatus.Received || s.Status == SubmissionStatus.Scoring);
}
