using System.Globalization;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Comparisons;

/// <summary>An entry that can be chosen for a comparison.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="Method">The method.</param>
/// <param name="Submitter">The submitter; the publication for reported results.</param>
/// <param name="Kind">The kind of entry.</param>
public sealed record EntryName(Guid Id, string Method, string Submitter, SubmissionKind Kind)
{
    /// <summary>Formats the entry in one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Method} \u2013 {Submitter}{(Kind == SubmissionKind.Reported ? " (reported)" : "")}");
}

/// <summary>Lists the entries that can be chosen for a comparison: those of the public leaderboard.</summary>
/// <remarks>It uses its own database context, because other parts of a page read at the same time.</remarks>
internal sealed class EntryList(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>The maximum number of entries in a list; a filter finds the others.</summary>
    public const int MaximumEntries = 200;

    /// <summary>
    /// Finds scored entries whose method or submitter contains a text. Submissions come first, those with the best ranking
    /// scores leading; reported results follow.
    /// </summary>
    /// <returns>At most <see cref="MaximumEntries"/> entries, and the total number of matches.</returns>
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

        // Do not sort by score if the benchmark withholds or rounds scores: the order would reveal them.
        string[] ranking = benchmark is { Ladder: null, Disclosure.IsGuarded: false } ? [.. benchmark.Ranking.Splits] : [];
        var entries = await submitted
            .OrderByDescending(s => s.CurrentEvaluation!.Splits.Count(score => ranking.Contains(score.Split)))
            .ThenBy(s => s.CurrentEvaluation!.Splits.Where(score => ranking.Contains(score.Split)).Sum(score => score.Loss))
            .ThenBy(s => s.Id)
            .Select(s => new EntryName(s.Id, s.Method, s.Submitter, s.Kind))
            .Take(MaximumEntries)
            .ToListAsync(cancellation);
        entries.AddRange(
            await reported
                .OrderBy(r => r.Position)
                .Select(r => new EntryName(r.Id, r.Features + ", " + r.Classifier, r.Source, SubmissionKind.Reported))
                .Take(MaximumEntries - entries.Count)
                .ToListAsync(cancellation)
        );
        return (entries, await submitted.CountAsync(cancellation) + await reported.CountAsync(cancellation));
    }
}
