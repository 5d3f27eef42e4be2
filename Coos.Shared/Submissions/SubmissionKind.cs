namespace Coos.Shared.Submissions;

/// <summary>The source of a leaderboard row.</summary>
public enum SubmissionKind
{
    /// <summary>Sent by a participant and scored here.</summary>
    Submission = 0,

    /// <summary>A reference method that comes with the benchmark; scored here like any submission.</summary>
    Baseline = 1,

    /// <summary>Reported in a publication; its predictions are not known.</summary>
    Reported = 2,
}
