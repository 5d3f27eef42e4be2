using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Disclosures;

/// <summary>
/// The answers to one participant. Everything that an account sent, alone or for teams, and everything that was sent for one of
/// these teams belongs to one participant, so that founding or leaving a team starts no new one.
/// </summary>
internal static class ParticipantAnswers
{
    /// <summary>Reads the answers to the participant to whom a submitter and an account belong, oldest first.</summary>
    public static async Task<IReadOnlyList<Answer>> ReadAsync(
        CoosDbContext database,
        string benchmark,
        string submitter,
        Guid? owner,
        CancellationToken cancellation
    )
    {
        HashSet<string> submitters = [submitter];
        HashSet<Guid> owners = owner is { } id ? [id] : [];
        while (true)
        {
            var answers = await database
                .Answers.Where(a => a.Benchmark == benchmark)
                .Where(a => submitters.Contains(a.SubmitterKey) || (a.OwnerId != null && owners.Contains(a.OwnerId.Value)))
                .OrderBy(a => a.CreatedAt)
                .ThenBy(a => a.Id)
                .ToListAsync(cancellation);
            var before = submitters.Count + owners.Count;
            submitters.UnionWith(answers.Select(a => a.SubmitterKey));
            owners.UnionWith(answers.Where(a => a.OwnerId is not null).Select(a => a.OwnerId!.Value));
            if (submitters.Count + owners.Count == before)
            {
                return answers;
            }
        }
    }

    /// <summary>Groups the answers of a benchmark by participant.</summary>
    public static IEnumerable<IReadOnlyList<Answer>> Group(IReadOnlyList<Answer> answers)
    {
        var parents = new Dictionary<object, object>();
        foreach (var answer in answers)
        {
            var (submitter, owner) = (Find(answer.SubmitterKey), Find(answer.OwnerId ?? (object)answer.SubmitterKey));
            parents[owner] = submitter;
        }

        return answers.GroupBy(a => Find(a.SubmitterKey)).Select(g => g.ToList());

        object Find(object key)
        {
            var root = key;
            while (parents.TryGetValue(root, out var parent) && !parent.Equals(root))
            {
                root = parent;
            }

            parents[key] = root;
            return root;
        }
    }

    /// <summary>Summarises the answers to a participant.</summary>
    public static Transcript Summarize(IReadOnlyList<Answer> answers)
    {
        var shown = answers.Where(a => a is { Kind: AnswerKind.Score, Outcome: (int)ReleaseOutcome.Shown }).ToList();

        // New labels replace the scores of a submission, so that only the last ones count as its rung.
        var best = shown.GroupBy(a => a.SubmissionId).Min(g => g.Last().Error);
        var last = new Dictionary<string, ErrorEstimate>();
        foreach (var (key, estimate) in shown.SelectMany(a => ShownScores.ReadNumbers(a.Shown)))
        {
            last[key] = estimate.Lower is null && last.TryGetValue(key, out var known) ? known with { Error = estimate.Error } : estimate;
        }

        return new Transcript(answers.Sum(a => a.Bits), best, last);
    }
}
