using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Server.Accounts;

/// <summary>
/// Writes the mails about accounts, and their links. <see cref="MailQueue"/> calls it in the background, so that neither the
/// response to a request nor its duration reveals whether an address has an account.
/// </summary>
internal sealed class AccountMails(UserManager<Account> users, IRegistrationTickets tickets, CoosSettings settings)
{
    /// <summary>Writes a mail with the registration link, or if the address has an account already, a mail that says so.</summary>
    public async Task<Mail?> WriteInvitationAsync(string mail)
    {
        var account = await users.FindByEmailAsync(mail);
        var link = CreateLink($"/account/register?ticket={Uri.EscapeDataString(tickets.Issue(mail))}");
        return account is null
            ? new Mail(
                mail,
                "Your COOS account",
                $"Someone, hopefully you, requested an account with this address. "
                    + $"Choose a name and password here within 24 hours:\n\n{link}\n\nIf it was not you, ignore this mail."
            )
            : new Mail(
                mail,
                "Your COOS account",
                $"Someone, perhaps you, requested an account with this address. "
                    + $"It already has the account {account.UserName}. Sign in: {CreateLink("/account/sign-in")}\n\n"
                    + $"If you forgot the password: {CreateLink("/account/forgot")}"
            );
    }

    /// <summary>Writes a mail with the link to reset the password; null if the address has no account or a closed one.</summary>
    public async Task<Mail?> WriteResetAsync(string mail) =>
        await users.FindByEmailAsync(mail) is { DisabledAt: null } account
            ? new Mail(
                mail,
                "Reset your COOS password",
                $"Someone, hopefully you, requested a password reset for the account {account.UserName}. "
                    + $"Set a new password here within 24 hours:\n\n{CreateLink(await CreateResetPathAsync(account))}\n\n"
                    + "If it was not you, ignore this mail."
            )
            : null;

    /// <summary>
    /// Writes a mail with an organiser's decision about a request to take part; null if the account has no address or is closed.
    /// </summary>
    public async Task<Mail?> WriteDecisionAsync(Guid id, string benchmark, string slug, bool isApproved) =>
        await users.FindByIdAsync(id.ToString()) is { DisabledAt: null, Email: { } mail } account
            ? new Mail(
                mail,
                $"Your request to take part in {benchmark}",
                isApproved
                    ? $"An organiser approved your account {account.UserName} for {benchmark}. "
                        + $"Submit predictions here:\n\n{CreateLink($"/benchmarks/{slug}/submit")}"
                    : $"An organiser did not approve your account {account.UserName} for {benchmark}, or withdrew the approval. "
                        + $"Ask them for the reason. The submissions that you have made stay: {CreateLink("/account")}"
            )
            : null;

    /// <summary>Creates the path of the page that resets a password. Anyone with the link can reset it.</summary>
    public async Task<string> CreateResetPathAsync(Account account) =>
        $"/account/reset?id={account.Id}&code={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(account))}";

    private Uri CreateLink(string path) =>
        new(settings.PublicAddress ?? throw new InvalidOperationException("Mail needs a public address; the settings check this."), path);
}
