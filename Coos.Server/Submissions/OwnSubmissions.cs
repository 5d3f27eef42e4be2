using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Lists the submissions of a viewer and their team.</summary>
internal sealed class OwnSubmissions(IDbContextFactory<CoosDbContext> databases, Viewer viewer)
{
    /// <summary>The maximum number of listed submissions.</summary>
    public const int MaximumListed = 100;

    /// <summary>Lists the submissions of the viewer and their team, newest first.</summary>
    public async Task<IReadOnlyList<Submission>> ListAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Submissions.Where(s => s.OwnerId == viewer.AccountId || (viewer.TeamId != null && s.TeamId == viewer.TeamId))
            .OrderByDescending(s => s.CreatedAt)
            .Take(MaximumListed)
            .ToListAsync(cancellation);
    }
}
