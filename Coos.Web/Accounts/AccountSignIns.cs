using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// How the viewer can sign in, read once per request. The sections of the account page load at the same time, and Identity's
/// store does one thing at a time.
/// </summary>
internal sealed class AccountSignIns(UserManager<Account> users, Viewer viewer)
{
    private Task<Methods>? _reading;

    /// <summary>The viewer's account with its passkeys and providers.</summary>
    /// <exception cref="InvalidOperationException">The viewer is not signed in.</exception>
    public Task<Methods> ReadAsync() => _reading ??= LoadAsync();

    private async Task<Methods> LoadAsync()
    {
        var id = viewer.AccountId ?? throw new InvalidOperationException("Only somebody who is signed in has an account.");
        var account = await users.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException($"The account {id} is gone.");
        return new Methods(account, await users.GetPasskeysAsync(account), await users.GetLoginsAsync(account));
    }

    /// <summary>The ways to sign in to an account, beside its password.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="Passkeys">Its passkeys.</param>
    /// <param name="Logins">The providers that sign it in.</param>
    public sealed record Methods(Account Account, IList<UserPasskeyInfo> Passkeys, IList<UserLoginInfo> Logins);
}
