namespace Coos.Shared.Submissions;

/// <summary>How far a submission is.</summary>
public enum SubmissionStatus
{
    /// <summary>Stored, waiting for the evaluator.</summary>
    Received = 0,

    /// <summary>The evaluator works on it.</summary>
    Scoring = 1,

    /// <summary>Its scores are there.</summary>
    Scored = 2,

    /// <summary>It could not be scored; the failure says why.</summary>
    Failed = 3,
}
