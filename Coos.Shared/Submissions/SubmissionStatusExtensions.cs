namespace Coos.Shared.Submissions;

/// <summary>What a status means.</summary>
public static class SubmissionStatusExtensions
{
    /// <summary>Whether a submission waits for its scores, or is being scored.</summary>
    public static bool IsUnscored(this SubmissionStatus status) => status is SubmissionStatus.Received or SubmissionStatus.Scoring;
}
