using Coos.Web.Configuration;
using Coos.Web.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// The mails about accounts. Each request sends or does not send in the background, so that neither its answer nor its
/// time tells whether an address has an account.
/// </summary>
internal sealed class AccountMails(UserManager<Account> users, Registration registration, MailQueue mails, CoosSettings settings)
{
    /// <summary>Sends the link to register, or to its owner the news that the address has an account.</summary>
    public async Task InviteAsync(string mail)
    {
        var account = await users.FindByEmailAsync(mail);
        var link = Link($"/account/register?ticket={Uri.EscapeDataString(registration.TicketFor(mail))}");
        mails.Send(account is null
            ? new Mail(mail, "Your COOS account", $"Somebody, you we hope, wants an account with this address. Choose its name and password here, within 24 hours:\n\n{link}\n\nIf it was not you, do nothing.")
            : new Mail(mail, "Your COOS account", $"Somebody, perhaps you, wanted an account with this address. It has one already, {account.UserName}: {Link("/account/sign-in")}\n\nIf you forgot the password: {Link("/account/forgot")}"));
    }

    /// <summary>Sends the link to set another password, where the address has an account.</summary>
    public async Task SendResetAsync(string mail)
    {
        if (await users.FindByEmailAsync(mail) is { DisabledAt: null } account)
        {
            var link = Link(await ResetPathAsync(account));
            mails.Send(new Mail(mail, "Another COOS password", $"Somebody, you we hope, wants another password for the account {account.UserName}. Set it here, within 24 hours:\n\n{link}\n\nIf it was not you, do nothing."));
        }
    }

    /// <summary>The page on which another password is set; whoever has the link can do it.</summary>
    public async Task<string> ResetPathAsync(Account account) =>
        $"/account/reset?id={account.Id}&code={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(account))}";

    private Uri Link(string path) => new(settings.PublicAddress ?? throw new InvalidOperationException("Mail needs a public address; the settings see to it."), path);
}
