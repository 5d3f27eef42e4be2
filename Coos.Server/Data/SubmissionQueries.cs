using Coos.Shared.Submissions;

namespace Coos.Server.Data;

/// <summary>Parts of queries about submissions that several rules share.</summary>
internal static class SubmissionQueries
{
    /// <summary>Those that wait for their scores or are being scored; in memory: <see cref="SubmissionStatusExtensions.IsUnscored"/>.</summary>
    public static IQueryable<Submission> Unscored(this IQueryable<Submission> submissions) =>
        submissions.Where(s => s.Status == SubmissionStatus.Received || s.Status == SubmissionStatus.Scoring);
}
