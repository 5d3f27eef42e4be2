using System.Security.Cryptography;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Founds teams, and lets accounts join and leave them.</summary>
internal sealed class TeamService(IDbContextFactory<CoosDbContext> databases, Names names, TimeProvider clock)
{
    /// <summary>A viewer's team; null for none.</summary>
    public async Task<Team?> FindAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Teams.FirstOrDefaultAsync(t => t.Id == viewer.TeamId, cancellation);
    }

    /// <summary>The names of a team's members.</summary>
    public async Task<List<string?>> MembersAsync(Guid team, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Users.Where(a => a.TeamId == team).OrderBy(a => a.UserName).Select(a => a.UserName).ToListAsync(cancellation);
    }

    /// <summary>Founds a team with the viewer as its first member.</summary>
    /// <returns>What is wrong with the name; null where the team was founded.</returns>
    public async Task<FieldProblem?> FoundAsync(Viewer viewer, string name, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        name = Names.Tidy(name);
        if (await names.CheckAsync(name, cancellation) is { } problem)
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var team = new Team
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            Key = Names.KeyOf(name),
            JoinCode = NewCode(),
            CreatedAt = now.UtcDateTime,
        };
        try
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            database.Add(team);
            await database.SaveChangesAsync(cancellation);
            await SetTeamAsync(database, viewer, team.Id, cancellation);
            await transaction.CommitAsync(cancellation);
            return null;
        }
        catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
        {
            return new FieldProblem("name", "taken", "name was taken by another team just now; choose another one");
        }
    }

    /// <summary>Joins the team of a code.</summary>
    /// <returns>What is wrong with the code; null where the viewer joined.</returns>
    public async Task<FieldProblem?> JoinAsync(Viewer viewer, string code, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var team = await database.Teams.Where(t => t.JoinCode == code).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(cancellation);
        if (team is null)
        {
            return new FieldProblem("code", "bad-value", "no team has this code; ask a member for the one on their account page");
        }

        await SetTeamAsync(database, viewer, team, cancellation);
        return null;
    }

    /// <summary>Leaves the team. What was submitted for it stays the team's, and one's own.</summary>
    public async Task LeaveAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await SetTeamAsync(database, viewer, null, cancellation);
    }

    /// <summary>Gives the viewer's team another code; the old one lets nobody in any more.</summary>
    public async Task RenewCodeAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database
            .Teams.Where(t => t.Id == viewer.TeamId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.JoinCode, NewCode()), cancellation);
    }

    private static Task<int> SetTeamAsync(CoosDbContext database, Viewer viewer, Guid? team, CancellationToken cancellation) =>
        database.Users.Where(a => a.Id == viewer.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.TeamId, team), cancellation);

    /// <summary>A code that nobody knows yet.</summary>
    public static string NewCode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Team.JoinCodeLength / 2));
}
