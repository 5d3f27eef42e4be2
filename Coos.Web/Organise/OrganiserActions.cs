using Coos.Shared.Submissions;
using Coos.Web.Accounts;
using Coos.Web.Data;
using Coos.Web.Leaderboard;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Coos.Web.Organise;

/// <summary>What organisers do besides labels. Each deed and its entry in the audit log are one transaction.</summary>
internal sealed class OrganiserActions(
    CoosDbContext database, Viewer viewer, AuditLog audit, LeaderboardCache leaderboards, UserManager<Account> users, AccountMails mails, TimeProvider clock)
{
    /// <summary>Takes a submission off the leaderboard, or brings it back.</summary>
    public Task HideAsync(Guid id, bool hide, CancellationToken cancellation)
    {
        DateTime? at = hide ? clock.GetUtcNow().UtcDateTime : null;
        return ChangeAsync(id, hide ? "submission.hide" : "submission.show", s => true, set => set.SetProperty(s => s.HiddenAt, at), cancellation);
    }

    /// <summary>Says that it is known who sent a submission, or takes that back.</summary>
    public Task VerifyAsync(Guid id, bool verified, CancellationToken cancellation) =>
        ChangeAsync(id, verified ? "submission.verify" : "submission.unverify", s => true, set => set.SetProperty(s => s.IsVerified, verified), cancellation);

    /// <summary>Has a submission scored anew that was scored or failed; the sweep finds it within seconds.</summary>
    public Task ReevaluateAsync(Guid id, CancellationToken cancellation) =>
        ChangeAsync(
            id,
            "submission.reevaluate",
            s => s.Status == SubmissionStatus.Scored || s.Status == SubmissionStatus.Failed,
            set => set.SetProperty(s => s.Status, SubmissionStatus.Received).SetProperty(s => s.ClaimedAt, (DateTime?)null).SetProperty(s => s.Attempts, 0),
            cancellation);

    /// <summary>Makes an account an organiser's, or takes that back.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public async Task<string?> SetOrganiserAsync(Guid id, bool isOrganiser, CancellationToken cancellation) =>
        !isOrganiser && await IsLastOrganiserAsync(id, cancellation)
            ? "This is the last organiser; make another one first."
            : await ChangeAccountAsync(id, isOrganiser ? "account.organiser" : "account.participant", null, set => set.SetProperty(a => a.IsOrganiser, isOrganiser), cancellation);

    /// <summary>Closes an account, or opens it again. Its submissions stay, its sign-ins and tokens do not count.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public async Task<string?> CloseAsync(Guid id, bool close, CancellationToken cancellation)
    {
        if (close && await IsLastOrganiserAsync(id, cancellation))
        {
            return "This is the last organiser; make another one first.";
        }

        DateTime? at = close ? clock.GetUtcNow().UtcDateTime : null;
        return await ChangeAccountAsync(id, close ? "account.close" : "account.open", null, set => set.SetProperty(a => a.DisabledAt, at), cancellation);
    }

    /// <summary>Grants an account a quota of its own; null gives it the usual one.</summary>
    public Task<string?> SetQuotaAsync(Guid id, int? perDay, CancellationToken cancellation) =>
        ChangeAccountAsync(id, "account.quota", perDay is null ? "the usual" : $"{perDay} a day", set => set.SetProperty(a => a.QuotaPerDay, perDay), cancellation);

    /// <summary>Makes the path that sets another password of an account, for where no mail is sent.</summary>
    /// <returns>Null where there is no such account.</returns>
    public async Task<string?> ResetPathAsync(Guid id, CancellationToken cancellation)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return null;
        }

        await audit.WriteAsync(database, "account.reset-link", account.UserName!, null, cancellation);
        return await mails.ResetPathAsync(account);
    }

    private Task<bool> IsLastOrganiserAsync(Guid id, CancellationToken cancellation) =>
        database.Users.Where(a => a.IsOrganiser && a.DisabledAt == null).AllAsync(a => a.Id == id, cancellation);

    private async Task ChangeAsync(
        Guid id, string action, System.Linq.Expressions.Expression<Func<Submission, bool>> condition, Action<UpdateSettersBuilder<Submission>> change, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var rows = database.Submissions.Where(s => s.Id == id).Where(condition);
        var row = await rows.FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return;
        }

        await rows.ExecuteUpdateAsync(change, cancellation);
        await audit.WriteAsync(database, action, id.ToString(), $"\"{row.Method}\" by {row.Submitter}", cancellation);
        await transaction.CommitAsync(cancellation);
        await leaderboards.EvictAsync(row.Benchmark, cancellation);
    }

    private async Task<string?> ChangeAccountAsync(Guid id, string action, string? detail, Action<UpdateSettersBuilder<Account>> change, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var name = await database.Users.Where(a => a.Id == id).Select(a => a.UserName).FirstOrDefaultAsync(cancellation);
        if (name is null || viewer.AccountId is null)
        {
            return "There is no such account any more.";
        }

        await database.Users.Where(a => a.Id == id).ExecuteUpdateAsync(change, cancellation);
        await audit.WriteAsync(database, action, name, detail, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
