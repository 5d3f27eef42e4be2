namespace Coos.Shared.Submissions;

/// <summary>Who can see a submission.</summary>
public enum SubmissionVisibility
{
    /// <summary>Everybody; it is on the leaderboard.</summary>
    Public = 0,

    /// <summary>Anybody who knows its URL; it is not on the leaderboard.</summary>
    Private = 1,
}
