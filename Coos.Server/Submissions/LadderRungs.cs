using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>A scored submission as input to its submitter's ladder.</summary>
/// <param name="Id">The submission's id.</param>
/// <param name="Submitter">The submitter's key: a team, an account, or a name without an account.</param>
/// <param name="Owner">The account that sent it; null without an account.</param>
/// <param name="Kind">The kind of submission.</param>
/// <param name="CreatedAt">When it was submitted.</param>
/// <param name="Error">The ranking error, 0..1; null unless all ranking splits are scored.</param>
internal sealed record LadderRung(Guid Id, string Submitter, Guid? Owner, SubmissionKind Kind, DateTime CreatedAt, double? Error);

/// <summary>Reads and groups the rungs of ladders.</summary>
internal static class LadderRungs
{
    /// <summary>Remembers the score of a submission that is about to be deleted; does nothing if it has no ranking error.</summary>
    public static async Task RememberAsync(CoosDbContext database, Submission row, Benchmark benchmark, CancellationToken cancellation)
    {
        if (benchmark.Ladder is null || row.Kind != SubmissionKind.Submission)
        {
            return;
        }

        var scores = await database
            .SplitScores.Where(s => database.Submissions.Any(o => o.Id == row.Id && o.CurrentEvaluationId == s.EvaluationId))
            .ToDictionaryAsync(s => s.Split, s => (double?)s.BalancedError, cancellation);
        if (RankingScore.Compute(benchmark, scores.GetValueOrDefault) is { } error)
        {
            database.Add(
                new DeletedRung
                {
                    Id = row.Id,
                    Benchmark = row.Benchmark,
                    SubmitterKey = row.SubmitterKey,
                    OwnerId = row.OwnerId,
                    CreatedAt = row.CreatedAt,
                    Error = error,
                }
            );
            await database.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Reads the rungs of deleted submissions.</summary>
    public static async Task<IReadOnlyList<LadderRung>> ReadDeletedAsync(
        CoosDbContext database,
        string benchmark,
        CancellationToken cancellation
    ) =>
        await database
            .DeletedRungs.Where(r => r.Benchmark == benchmark)
            .Select(r => new LadderRung(r.Id, r.SubmitterKey, r.OwnerId, SubmissionKind.Submission, r.CreatedAt, r.Error))
            .ToListAsync(cancellation);

    /// <summary>
    /// Finds the submitters that share a ladder with one, as <see cref="GroupByParticipant"/> does, without reading all rungs.
    /// </summary>
    public static async Task<IReadOnlyCollection<string>> FindSubmittersAsync(
        CoosDbContext database,
        string benchmark,
        string submitter,
        CancellationToken cancellation
    )
    {
        var all = database
            .Submissions.Where(s => s.Benchmark == benchmark)
            .Select(s => new { s.SubmitterKey, s.OwnerId })
            .Concat(database.DeletedRungs.Where(r => r.Benchmark == benchmark).Select(r => new { r.SubmitterKey, r.OwnerId }));
        HashSet<string> submitters = [submitter];
        int before;
        do
        {
            before = submitters.Count;
            var owners = all.Where(s => submitters.Contains(s.SubmitterKey) && s.OwnerId != null).Select(s => s.OwnerId);
            submitters.UnionWith(
                await all.Where(s => owners.Contains(s.OwnerId)).Select(s => s.SubmitterKey).Distinct().ToListAsync(cancellation)
            );
        } while (submitters.Count > before);

        return submitters;
    }

    /// <summary>
    /// Groups rungs by participant. Everything that an account sent, alone or for teams, and everything that was sent for one of
    /// these teams is one ladder, so that founding or leaving a team starts no new one.
    /// </summary>
    public static IEnumerable<IReadOnlyList<LadderRung>> GroupByParticipant(IEnumerable<LadderRung> rungs)
    {
        var parents = new Dictionary<object, object>();
        var all = rungs.ToList();
        foreach (var rung in all)
        {
            var (submitter, owner) = (Find(rung.Submitter), Find(rung.Owner ?? (object)rung.Submitter));
            parents[owner] = submitter;
        }

        return all.GroupBy(r => Find(r.Submitter)).Select(g => g.ToList());

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
}
