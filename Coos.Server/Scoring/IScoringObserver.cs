using Coos.Server.Data;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring;

/// <summary>Handles scored and failed submissions within the transaction that records them, so that both are stored or neither.</summary>
internal interface IScoringObserver
{
    /// <summary>Called when a submission has its first scores, or when it failed without any.</summary>
    Task OnScoredAsync(CoosDbContext database, Submission submission, SubmissionStatus status, CancellationToken cancellation);
}
