using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Server.Accounts;

/// <summary>
/// The mails about accounts, and the links in them. <see cref="MailQueue"/> calls this in the background, so that neither
/// the answer to a request nor its time tells whether an address has an account.
/// </summary>
internal sealed class AccountMails(UserManager<Account> users, IRegistrationTickets tickets, CoosSettings settings)
{
    /// <summary>The link to register, or to its owner the news that the address has an account.</summary>
    public async Task<Mail?> WriteInvitationAsync(string mail)
    {
        var account = await users.FindByEmailAsync(mail);
        var link = Link($"/account/register?ticket={Uri.EscapeDataString(tickets.Issue(mail))}");
        return account is null
            ? new Mail(
                mail,
                "Your COOS account",
                $"Somebody, you we hope, wants an account with this address. Choose its name and password here, within 24 hours:\n\n{link}\n\nIf it was not you, do nothing."
            )
            : new Mail(
                mail,
                "Your COOS account",
                $"Somebody, perhaps you, wanted an account with this address. It has one already, {account.UserName}: {Link("/account/sign-in")}\n\nIf you forgot the password: {Link("/account/forgot")}"
            );
    }

    /// <summary>The link to set another password; no mail where the address has no account, or a closed one.</summary>
    public async Task<Mail?> WriteResetAsync(string mail) =>
        await users.FindByEmailAsync(mail) is { DisabledAt: null } account
            ? new Mail(
                mail,
                "Another COOS password",
                $"Somebody, you we hope, wants another password for the account {account.UserName}. Set it here, within 24 hours:\n\n{Link(await ResetPathAsync(account))}\n\nIf it was not you, do nothing."
            )
            : null;

    /// <summary>The page on which another password is set; whoever has the link can do it.</summary>
    public async Task<string> ResetPathAsync(Account account) =>
        $"/account/reset?id={account.Id}&code={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(account))}";

    private Uri Link(string path) =>
        new(settings.PublicAddress ?? throw new InvalidOperationException("Mail needs a public address; the settings see to it."), path);
}
