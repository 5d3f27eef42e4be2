using System.Security.Cryptography;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Creates teams, and lets accounts join and leave them.</summary>
internal sealed class TeamService(IDbContextFactory<CoosDbContext> databases, Names names, TimeProvider clock)
{
    /// <summary>Finds the viewer's team; null if they have none.</summary>
    public async Task<Team?> FindAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Teams.FirstOrDefaultAsync(t => t.Id == viewer.TeamId, cancellation);
    }

    /// <summary>Lists the names of a team's members.</summary>
    public async Task<List<string?>> ListMembersAsync(Guid team, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Users.Where(a => a.TeamId == team).OrderBy(a => a.UserName).Select(a => a.UserName).ToListAsync(cancellation);
    }

    /// <summary>Creates a team with the viewer as its first member.</summary>
    /// <returns>The problem with the name; null if the team was created.</returns>
    public async Task<FieldProblem?> CreateAsync(Viewer viewer, string name, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        name = Names.Normalize(name);
        if (await names.CheckAsync(name, cancellation) is { } problem)
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var team = new Team
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            Key = Names.ToKey(name),
            JoinCode = CreateJoinCode(),
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
        catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
        {
            return new FieldProblem("name", "taken", "name was just taken by another team; choose another one");
        }
    }

    /// <summary>Joins the team that has a join code.</summary>
    /// <returns>The problem with the code; null if the viewer joined the team.</returns>
    public async Task<FieldProblem?> JoinAsync(Viewer viewer, string code, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var team = await database.Teams.Where(t => t.JoinCode == code).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(cancellation);
        if (team is null)
        {
            return new FieldProblem("code", "bad-value", "no team has this code; ask a member for the code on their account page");
        }

        await SetTeamAsync(database, viewer, team, cancellation);
        return null;
    }

    /// <summary>Counts the viewer's submissions that belong to no team.</summary>
    public async Task<int> CountEarlierAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Earlier(database, viewer).CountAsync(cancellation);
    }

    /// <summary>
    /// Gives the viewer's team the submissions that they sent before they joined it, so that all members manage them. The name on
    /// them stays.
    /// </summary>
    public async Task ShareEarlierAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (viewer.TeamId is { } team)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await Earlier(database, viewer).ExecuteUpdateAsync(set => set.SetProperty(s => s.TeamId, team), cancellation);
        }
    }

    private static IQueryable<Submission> Earlier(CoosDbContext database, Viewer viewer) =>
        database.Submissions.Where(s => s.OwnerId == viewer.AccountId && s.OwnerId != null && s.TeamId == null);

    /// <summary>Leaves the team. Existing submissions still belong to both the team and the account.</summary>
    public async Task LeaveAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await SetTeamAsync(database, viewer, null, cancellation);
    }

    /// <summary>Replaces the join code of the viewer's team. The old code stops working.</summary>
    public async Task RenewCodeAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database
            .Teams.Where(t => t.Id == viewer.TeamId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.JoinCode, CreateJoinCode()), cancellation);
    }

    private static Task<int> SetTeamAsync(CoosDbContext database, Viewer viewer, Guid? team, CancellationToken cancellation) =>
        database.Users.Where(a => a.Id == viewer.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.TeamId, team), cancellation);

    /// <summary>Creates a random join code.</summary>
    public static string CreateJoinCode() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Team.JoinCodeLength / 2));
}
