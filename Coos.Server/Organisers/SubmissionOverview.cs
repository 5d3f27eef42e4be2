using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Lists the submissions of all benchmarks for organisers.</summary>
internal sealed class SubmissionOverview(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>Reads a page of the submissions that match a filter, newest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="skip">The number of submissions to skip.</param>
    /// <param name="take">The maximum number to return.</param>
    /// <param name="cancellation">Cancels the work when the client disconnects.</param>
    public async Task<SubmissionOverviewPage> ReadAsync(SubmissionFilter filter, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var shown = Filter(database, filter);
        var total = await shown.CountAsync(cancellation);
        var rows = await shown.OrderByDescending(s => s.CreatedAt).Skip(skip).Take(take).ToListAsync(cancellation);
        string[] hashes = [.. rows.Select(r => r.PredictionsHash)];
        var sameHash = await database
            .Submissions.Where(s => hashes.Contains(s.PredictionsHash))
            .OrderBy(s => s.CreatedAt)
            .ToListAsync(cancellation);
        var duplicates = new Dictionary<Guid, Submission>();
        foreach (var row in rows)
        {
            var other = sameHash.FirstOrDefault(o =>
                o.PredictionsHash == row.PredictionsHash && o.Benchmark == row.Benchmark && o.SubmitterKey != row.SubmitterKey
            );
            if (other is not null)
            {
                duplicates[row.Id] = other;
            }
        }

        return new SubmissionOverviewPage(rows, duplicates, total);
    }

    /// <summary>Whether there is a submission with this id.</summary>
    public async Task<bool> ExistsAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Submissions.AnyAsync(s => s.Id == id, cancellation);
    }

    private static IQueryable<Submission> Filter(CoosDbContext database, SubmissionFilter filter)
    {
        var all = database.Submissions.AsQueryable();
        all = filter.Show switch
        {
            "unchecked" => all.Where(s => !s.IsChecked && s.Kind == SubmissionKind.Submission),
            "private" => all.Where(s => s.Visibility == SubmissionVisibility.Private),
            "waiting" => all.Unscored(),
            "hidden" => all.Where(s => s.HiddenAt != null),
            "failed" => all.Where(s => s.Status == SubmissionStatus.Failed),

            // A unique index prevents the same submitter from having the same predictions twice.
            "same" => all.Where(s =>
                database.Submissions.Count(o => o.PredictionsHash == s.PredictionsHash && o.Benchmark == s.Benchmark) > 1
            ),
            _ => all,
        };
        if (filter.Benchmark is { Length: > 0 } slug)
        {
            all = all.Where(s => s.Benchmark == slug);
        }

        var text = (filter.Query ?? "").Trim().ToLowerInvariant();
        return text.Length == 0 ? all : all.Where(s => s.Method.ToLower().Contains(text) || s.Submitter.ToLower().Contains(text));
    }
}

/// <summary>A filter of the submissions list.</summary>
/// <param name="Show">unchecked, private, waiting, hidden, failed or same; null or empty for all.</param>
/// <param name="Benchmark">The benchmark; null or empty for all.</param>
/// <param name="Query">Text that the method or submitter must contain.</param>
internal sealed record SubmissionFilter(string? Show, string? Benchmark, string? Query);

/// <summary>A page of submissions.</summary>
/// <param name="Rows">The submissions.</param>
/// <param name="Duplicates">The first submission with the same predictions by another submitter, by submission.</param>
/// <param name="Total">The number of submissions that match the filter.</param>
internal sealed record SubmissionOverviewPage(IReadOnlyList<Submission> Rows, IReadOnlyDictionary<Guid, Submission> Duplicates, int Total);
