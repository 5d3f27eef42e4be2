namespace Coos.Shared.Submissions;

/// <summary>Who sees a submission.</summary>
public enum SubmissionVisibility
{
    /// <summary>Everybody; it stands on the leaderboard.</summary>
    Public = 0,

    /// <summary>Whoever knows its address; it stands on no leaderboard.</summary>
    Private = 1,
}
