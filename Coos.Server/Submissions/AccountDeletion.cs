using System.Security.Cryptography;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>What happens to the entries of a deleted account.</summary>
internal enum EntryChoice
{
    /// <summary>Public entries stay without the name, and private ones are deleted.</summary>
    Anonymous = 0,

    /// <summary>All entries are deleted.</summary>
    Delete = 1,
}

/// <summary>What an account owns, for the page that deletes it.</summary>
/// <param name="Public">The number of entries that everyone sees.</param>
/// <param name="Private">The number of entries that are private.</param>
/// <param name="OfTeam">The number of entries that stay with a team, because it has other members.</param>
internal sealed record AccountContent(int Public, int Private, int OfTeam);

/// <summary>
/// Deletes the viewer's account. Its row stays, empty and closed: the quota, the answers about labels and the number of tries count for
/// its id, and a guarded benchmark would forget what was told if they went too. So do entries that become anonymous, whose tries count.
/// </summary>
internal sealed class AccountDeletion(
    IDbContextFactory<CoosDbContext> databases,
    Viewer viewer,
    ResultVersions results,
    WriteLock writes,
    TimeProvider clock
)
{
    private const int StampBytes = 20;

    /// <summary>Counts what the viewer's account owns.</summary>
    public async Task<AccountContent> CountAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var account = viewer.AccountId!.Value;
        var own = Own(database, account);
        var publicOnes = await own.CountAsync(s => s.Visibility == SubmissionVisibility.Public, cancellation);
        var all = await own.CountAsync(cancellation);
        var ofTeam = await database.Submissions.CountAsync(s => s.OwnerId == account, cancellation) - all;
        return new AccountContent(publicOnes, all - publicOnes, ofTeam);
    }

    /// <summary>Deletes the account.</summary>
    /// <returns>Null if it was deleted; otherwise the refusal.</returns>
    public async Task<Refusal?> DeleteAsync(EntryChoice choice, CancellationToken cancellation)
    {
        if (viewer.AccountId is not { } account)
        {
            return AccessRefusals.SignInRequired();
        }

        string[] benchmarks;
        using (await writes.AcquireAsync(cancellation))
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            if (viewer.HasOrganiserAccount && await LastOrganiser.IsAsync(database, account, cancellation))
            {
                return new Refusal(RefusalKind.Conflict, "The last organiser", $"Nothing was deleted. {LastOrganiser.Refused}");
            }

            // First, because it locks the row: a submission that is sent meanwhile is stored before this, or refused after it.
            await EmptyAsync(database, account, cancellation);
            benchmarks = await database
                .Submissions.Where(s => s.OwnerId == account)
                .Select(s => s.Benchmark)
                .Distinct()
                .ToArrayAsync(cancellation);
            await RemoveEntriesAsync(database, account, choice, cancellation);
            await RemoveSignInsAsync(database, account, cancellation);
            await RemoveTeamAsync(database, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var benchmark in benchmarks)
        {
            await results.InvalidateAsync(benchmark);
        }

        return null;
    }

    /// <summary>The entries that nobody else owns: those of the account, unless they are of a team that has other members.</summary>
    private static IQueryable<Submission> Own(CoosDbContext database, Guid account) =>
        database.Submissions.Where(s =>
            s.OwnerId == account && (s.TeamId == null || !database.Users.Any(a => a.TeamId == s.TeamId && a.Id != account))
        );

    private static async Task RemoveEntriesAsync(CoosDbContext database, Guid account, EntryChoice choice, CancellationToken cancellation)
    {
        // A private entry without its owner would be seen by nobody, so it is deleted in both cases. One that an organiser hid is kept.
        var own = Own(database, account);
        var deleted = choice == EntryChoice.Delete ? own : own.Where(s => s.Visibility == SubmissionVisibility.Private);
        await deleted.ExecuteDeleteAsync(cancellation);
        await Own(database, account).ExecuteUpdateAsync(set => set.SetProperty(s => s.TeamId, (Guid?)null), cancellation);

        // Those that became anonymous, and those that the account sent before it shared them with a team, which show its name too.
        var key = Submitter.KeyOf(account);
        var named = database.Submissions.Where(s => s.OwnerId == account && (s.TeamId == null || s.SubmitterKey == key));
        await database.MethodRenames.Where(r => named.Any(s => s.Id == r.SubmissionId)).ExecuteDeleteAsync(cancellation);
        await named.ExecuteUpdateAsync(set => set.SetProperty(s => s.Submitter, Names.Anonymous), cancellation);
    }

    private static async Task RemoveSignInsAsync(CoosDbContext database, Guid account, CancellationToken cancellation)
    {
        var uploads = Submitter.KeyOf(account);
        await database.ApiTokens.Where(t => t.AccountId == account).ExecuteDeleteAsync(cancellation);
        await database.Webhooks.Where(w => w.AccountId == account).ExecuteDeleteAsync(cancellation);
        await database.Uploads.Where(u => u.Owner == uploads).ExecuteDeleteAsync(cancellation);
        await database.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == account).ExecuteDeleteAsync(cancellation);
        await database.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == account).ExecuteDeleteAsync(cancellation);
        await database.Set<IdentityUserClaim<Guid>>().Where(c => c.UserId == account).ExecuteDeleteAsync(cancellation);
        await database.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == account).ExecuteDeleteAsync(cancellation);
        await database
            .Participations.Where(p => p.AccountId == account)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Message, (string?)null), cancellation);
    }

    /// <summary>
    /// Removes the name, mail address and password. The new security stamp ends all sessions; the new concurrency stamp rejects changes
    /// of the account that began before.
    /// </summary>
    private async Task EmptyAsync(CoosDbContext database, Guid account, CancellationToken cancellation)
    {
        var time = clock.GetUtcNow();
        DateTime? now = time.UtcDateTime;
        var name = $"deleted-{account:N}";
        var key = Names.ToKey(name);
        var stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(StampBytes));
        var version = Guid.CreateVersion7(time).ToString();
        await database
            .Users.Where(a => a.Id == account)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.UserName, name)
                        .SetProperty(a => a.NormalizedUserName, key)
                        .SetProperty(a => a.Email, (string?)null)
                        .SetProperty(a => a.NormalizedEmail, (string?)null)
                        .SetProperty(a => a.EmailConfirmed, false)
                        .SetProperty(a => a.PasswordHash, (string?)null)
                        .SetProperty(a => a.SecurityStamp, stamp)
                        .SetProperty(a => a.ConcurrencyStamp, version)
                        .SetProperty(a => a.IsOrganiser, false)
                        .SetProperty(a => a.QuotaPerDay, (int?)null)
                        .SetProperty(a => a.TeamId, (Guid?)null)
                        .SetProperty(a => a.DisabledAt, now)
                        .SetProperty(a => a.DeletedAt, now),
                cancellation
            );
    }

    /// <summary>Removes the team that the account leaves without members, unless former members have entries of it.</summary>
    private async Task RemoveTeamAsync(CoosDbContext database, CancellationToken cancellation) =>
        await database
            .Teams.Where(t =>
                t.Id == viewer.TeamId && !database.Users.Any(a => a.TeamId == t.Id) && !database.Submissions.Any(s => s.TeamId == t.Id)
            )
            .ExecuteDeleteAsync(cancellation);
}
