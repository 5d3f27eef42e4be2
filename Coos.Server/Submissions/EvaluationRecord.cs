using Coos.Shared.Scores;

namespace Coos.Server.Submissions;

/// <summary>One evaluation of a submission. New labels or a new evaluator add one; none is overwritten.</summary>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="IsCurrent">Whether it is the one that counts.</param>
/// <param name="Evaluation">The report.</param>
internal sealed record EvaluationRecord(DateTime CreatedAt, bool IsCurrent, Evaluation Evaluation);
