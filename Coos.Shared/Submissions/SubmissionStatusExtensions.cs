namespace Coos.Shared.Submissions;

/// <summary>Extension methods of <see cref="SubmissionStatus"/>.</summary>
public static class SubmissionStatusExtensions
{
    /// <summary>Whether a submission waits for its scores or the run of its model, or is being run or scored.</summary>
    public static bool IsUnscored(this SubmissionStatus status) =>
        status is SubmissionStatus.Received or SubmissionStatus.Scoring or SubmissionStatus.Running;
}
