using System.Globalization;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Comparisons;

/// <summary>An entry of a benchmark, to choose from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">The method.</param>
/// <param name="Submitter">Who sent it; the publication for reported results.</param>
/// <param name="Kind">Where it comes from.</param>
public sealed record EntryName(Guid Id, string Method, string Submitter, SubmissionKind Kind)
{
    /// <summary>The entry in a line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Method} \u2013 {Submitter}{(Kind == SubmissionKind.Reported ? " (reported)" : "")}");
}

/// <summary>The entries that everybody may choose from: those of the public leaderboard.</summary>
/// <remarks>With a context of its own: a page shows its list while other parts of it read too.</remarks>
internal sealed class EntryList(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>The most entries that a list to choose from holds; a filter finds the others.</summary>
    public const int Most = 200;

    /// <summary>Scored entries of a benchmark whose method or submitter contains a text: submissions first, the best of the ranking splits before others, then reported results.</summary>
    /// <returns>At most <see cref="Most"/>, and how many there are.</returns>
    public async Task<(IReadOnlyList<EntryName> Entries, int Total)> FindAsync(
        Benchmark benchmark,
        string filter,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var text = filter.ToLowerInvariant();
        var submitted = database
            .Submissions.Listed()
            .Where(s =>
                s.Benchmark == benchmark.Slug
                && s.CurrentEvaluationId != null
                && (s.Method.ToLower().Contains(text) || s.Submitter.ToLower().Contains(text))
            );
        var reported = database.ReportedResults.Where(r =>
            r.Benchmark == benchmark.Slug
            && ((r.Features + ", " + r.Classifier).ToLower().Contains(text) || r.Source.ToLower().Contains(text))
        );

        // Where a ladder withholds scores, their order would tell them.
        string[] ranking = benchmark.Ladder is null ? [.. benchmark.Ranking.Splits] : [];
        var entries = await submitted
            .OrderByDescending(s => s.CurrentEvaluation!.Splits.Count(score => ranking.Contains(score.Split)))
            .ThenBy(s => s.CurrentEvaluation!.Splits.Where(score => ranking.Contains(score.Split)).Sum(score => score.BalancedError))
            .ThenBy(s => s.Id)
            .Select(s => new EntryName(s.Id, s.Method, s.Submitter, s.Kind))
            .Take(Most)
            .ToListAsync(cancellation);
        entries.AddRange(
            await reported
                .OrderBy(r => r.Position)
                .Select(r => new EntryName(r.Id, r.Features + ", " + r.Classifier, r.Source, SubmissionKind.Reported))
                .Take(Most - entries.Count)
                .ToListAsync(cancellation)
        );
        return (entries, await submitted.CountAsync(cancellation) + await reported.CountAsync(cancellation));
    }
}
