using Coos.Shared.Scores;

namespace Coos.Server.Submissions;

/// <summary>An evaluation of a submission. New labels or a new evaluator add an evaluation; none is overwritten.</summary>
/// <param name="CreatedAt">When it was computed, UTC.</param>
/// <param name="IsCurrent">Whether it is the current evaluation.</param>
/// <param name="Evaluation">The report.</param>
internal sealed record EvaluationRecord(DateTime CreatedAt, bool IsCurrent, Evaluation Evaluation);
