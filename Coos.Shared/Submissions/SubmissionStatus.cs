namespace Coos.Shared.Submissions;

/// <summary>The progress of a submission.</summary>
public enum SubmissionStatus
{
    /// <summary>Stored and waiting to be scored.</summary>
    Received = 0,

    /// <summary>Being scored.</summary>
    Scoring = 1,

    /// <summary>Its scores are available.</summary>
    Scored = 2,

    /// <summary>It could not be scored; the failure says why.</summary>
    Failed = 3,

    /// <summary>Its model waits for its run, or is being run; then it is received.</summary>
    Running = 4,
}
