using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Lists what a viewer and their team submitted.</summary>
internal sealed class OwnSubmissions(IDbContextFactory<CoosDbContext> databases, Viewer viewer)
{
    /// <summary>The most that are listed.</summary>
    public const int MaximumListed = 100;

    /// <summary>The newest submissions of the viewer and their team, the newest first.</summary>
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
