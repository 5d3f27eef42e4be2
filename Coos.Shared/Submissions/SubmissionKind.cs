namespace Coos.Shared.Submissions;

/// <summary>Where a row of the leaderboard comes from.</summary>
public enum SubmissionKind
{
    /// <summary>Sent by a participant and scored here.</summary>
    Submission = 0,

    /// <summary>A reference method that comes with the benchmark; scored here like any submission.</summary>
    Baseline = 1,

    /// <summary>Taken from a publication; its predictions are not known.</summary>
    Reported = 2,
}
