using Coos.Server.Data;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring;

/// <summary>Is told of scored and failed submissions in the transaction that records them: both are stored, or neither.</summary>
internal interface IScoringObserver
{
    /// <summary>Takes note of the first scores of a submission, or that it has none.</summary>
    Task OnScoredAsync(CoosDbContext database, Submission submission, SubmissionStatus status, CancellationToken cancellation);
}
