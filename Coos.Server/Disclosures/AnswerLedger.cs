using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Disclosures;

/// <summary>
/// Decides what a participant is told about the scores of a submission to a benchmark with a ladder, and remembers it. The decision
/// is made once, when the scores are recorded and in the same transaction; deleting submissions or changing teams does not change
/// it.
/// </summary>
internal sealed class AnswerLedger(DisclosureLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Takes a lock until the context's transaction ends, so that two evaluators cannot both answer as if they were the first.
    /// SQLite needs no lock: it has one writer at a time.
    /// </summary>
    public static Task LockAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended({"coos answers " + benchmark}, 0))",
                cancellation
            )
            : Task.CompletedTask;

    /// <summary>
    /// Records the answer about an evaluation in the context's transaction. Does nothing for baselines, without a ladder, or if the
    /// evaluation already has an answer.
    /// </summary>
    /// <param name="database">The database, in a transaction.</param>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="evaluation">The id of the evaluation.</param>
    /// <param name="splits">The complete scores of the evaluation, by split.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task RecordScoreAsync(
        CoosDbContext database,
        Benchmark benchmark,
        Submission submission,
        Guid evaluation,
        IReadOnlyDictionary<string, ErrorEstimate> splits,
        CancellationToken cancellation
    )
    {
        if (benchmark.Ladder is null || submission.Kind != SubmissionKind.Submission)
        {
            return;
        }

        await LockAsync(database, benchmark.Slug, cancellation);
        if (await database.Answers.AnyAsync(a => a.EvaluationId == evaluation && a.Kind == AnswerKind.Score, cancellation))
        {
            return;
        }

        var answers = await ParticipantAnswers.ReadAsync(
            database,
            benchmark.Slug,
            submission.SubmitterKey,
            submission.OwnerId,
            cancellation
        );
        var transcript = ParticipantAnswers.Summarize(answers);
        var earlier = answers.LastOrDefault(a => a.SubmissionId == submission.Id && a.Kind == AnswerKind.Score);
        var decision = earlier is null ? Decide(benchmark, transcript, splits) : DecideAgain(benchmark, transcript, earlier, splits);
        database.Add(Create(submission, evaluation, decision));
        await database.SaveChangesAsync(cancellation);
    }

    private Decision Decide(Benchmark benchmark, Transcript transcript, IReadOnlyDictionary<string, ErrorEstimate> splits)
    {
        var rule = limits.GetRule(benchmark);
        var error = GuardedScores.ComputeMean(benchmark, splits)?.Error;
        if (!benchmark.Disclosure.IsGuarded)
        {
            var release = rule.Decide(transcript, error, NoNumbers);
            return new Decision(release, rule.Add(transcript, release, error, NoNumbers).BestError, null) { Bits = 0 };
        }

        foreach (var numbers in GuardedScores.ListAnswers(benchmark, splits))
        {
            var release = rule.Decide(transcript, error, numbers);
            if (release.Outcome != ReleaseOutcome.BudgetUsed)
            {
                return new Decision(release, rule.Add(transcript, release, error, numbers).BestError, numbers);
            }
        }

        return new Decision(new Release(ReleaseOutcome.BudgetUsed, 0), null, null);
    }

    /// <summary>
    /// Decides about new scores of a submission whose labels or evaluator changed. Scores that were shown stay shown, whatever they
    /// cost, because the organiser changed them; scores that were withheld stay withheld.
    /// </summary>
    private Decision DecideAgain(
        Benchmark benchmark,
        Transcript transcript,
        Answer earlier,
        IReadOnlyDictionary<string, ErrorEstimate> splits
    )
    {
        var outcome = (ReleaseOutcome)earlier.Outcome;
        var error = GuardedScores.ComputeMean(benchmark, splits)?.Error;
        if (outcome != ReleaseOutcome.Shown || error is null)
        {
            return new Decision(new Release(outcome, 0), null, null);
        }

        var rule = limits.GetRule(benchmark).WithoutLimit();
        var first = transcript with { BestError = null };
        var rung = rule.Add(first, new Release(ReleaseOutcome.Shown, 0), error, NoNumbers).BestError;
        if (!benchmark.Disclosure.IsGuarded)
        {
            return new Decision(new Release(outcome, 0), rung, null);
        }

        var before = ShownScores.ReadNumbers(earlier.Shown);
        var numbers = GuardedScores
            .Round(benchmark, splits)
            .Where(n => before.ContainsKey(n.Key))
            .ToDictionary(n => n.Key, n => before[n.Key].Lower is null ? n.Value with { Lower = null, Upper = null } : n.Value);
        return new Decision(rule.Decide(first, error, numbers), rung, numbers);
    }

    private Answer Create(Submission submission, Guid evaluation, Decision decision)
    {
        var isShown = decision.Release.Outcome == ReleaseOutcome.Shown;
        return Answer.About(
            submission,
            evaluation,
            AnswerKind.Score,
            (int)decision.Release.Outcome,
            decision.Bits,
            clock.GetUtcNow(),
            error: isShown ? decision.Rung : null,
            shown: isShown && decision.Numbers is { } numbers ? ShownScores.Serialize(numbers) : null
        );
    }

    private static readonly Dictionary<string, ErrorEstimate> NoNumbers = [];

    /// <summary>A decision about the scores of an evaluation.</summary>
    private sealed record Decision(Release Release, double? Rung, IReadOnlyDictionary<string, ErrorEstimate>? Numbers)
    {
        /// <summary>The bits that the answer costs: none on a benchmark that shows its scores in full.</summary>
        public double Bits { get; init; } = Release.Bits;
    }
}
