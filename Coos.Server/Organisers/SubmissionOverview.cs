using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Lists the submissions of all benchmarks for organisers.</summary>
internal sealed class SubmissionOverview(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>A page of the submissions that pass a filter, the newest first.</summary>
    /// <param name="filter">Which submissions.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="take">The most to return.</param>
    /// <param name="cancellation">Ends the work when the client goes.</param>
    public async Task<SubmissionOverviewPage> ReadAsync(SubmissionFilter filter, int skip, int take, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var shown = Filter(database, filter);
        var total = await shown.CountAsync(cancellation);
        var rows = await shown.OrderByDescending(s => s.CreatedAt).Skip(skip).Take(take).ToListAsync(cancellation);
        string[] hashes = [.. rows.Select(r => r.PredictionsHash)];
        var alike = await database
            .Submissions.Where(s => hashes.Contains(s.PredictionsHash))
            .OrderBy(s => s.CreatedAt)
            .ToListAsync(cancellation);
        var twins = new Dictionary<Guid, Submission>();
        foreach (var row in rows)
        {
            var other = alike.FirstOrDefault(o =>
                o.PredictionsHash == row.PredictionsHash && o.Benchmark == row.Benchmark && o.SubmitterKey != row.SubmitterKey
            );
            if (other is not null)
            {
                twins[row.Id] = other;
            }
        }

        return new SubmissionOverviewPage(rows, twins, total);
    }

    /// <summary>Whether there is a submission of this id.</summary>
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
            "unverified" => all.Where(s => !s.IsVerified),
            "private" => all.Where(s => s.Visibility == SubmissionVisibility.Private),
            "waiting" => all.Unscored(),
            "hidden" => all.Where(s => s.HiddenAt != null),
            "failed" => all.Where(s => s.Status == SubmissionStatus.Failed),

            // The same submitter cannot have them twice: an index forbids it.
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

/// <summary>Which submissions an organiser asks for.</summary>
/// <param name="Show">unverified, private, waiting, hidden, failed or same; null or empty for all.</param>
/// <param name="Benchmark">The only benchmark; null or empty for all.</param>
/// <param name="Query">A text that method or submitter contains.</param>
internal sealed record SubmissionFilter(string? Show, string? Benchmark, string? Query);

/// <summary>A page of submissions.</summary>
/// <param name="Rows">The submissions.</param>
/// <param name="Twins">By submission, the first one of another submitter that has the same predictions.</param>
/// <param name="Total">How many pass the filter.</param>
internal sealed record SubmissionOverviewPage(IReadOnlyList<Submission> Rows, IReadOnlyDictionary<Guid, Submission> Twins, int Total);
