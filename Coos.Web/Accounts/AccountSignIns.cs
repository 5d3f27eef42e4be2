using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// Reads the viewer's sign-in methods, once per request. The sections of the account page load concurrently, but Identity's
/// store runs only one query at a time.
/// </summary>
internal sealed class AccountSignIns(UserManager<Account> users, Viewer viewer)
{
    private Task<Methods>? _reading;

    /// <summary>The viewer's account with its passkeys and providers.</summary>
    /// <exception cref="InvalidOperationException">The viewer is not signed in.</exception>
    public Task<Methods> ReadAsync() => _reading ??= LoadAsync();

    private async Task<Methods> LoadAsync()
    {
        var id = viewer.AccountId ?? throw new InvalidOperationException("The viewer is not signed in and has no account.");
        var account =
            await users.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException($"The account {id} no longer exists.");
        return new Methods(account, await users.GetPasskeysAsync(account), await users.GetLoginsAsync(account));
    }

    /// <summary>The ways to sign in to an account besides its password.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="Passkeys">Its passkeys.</param>
    /// <param name="Logins">Its linked OpenID Connect providers.</param>
    public sealed record Methods(Account Account, IList<UserPasskeyInfo> Passkeys, IList<UserLoginInfo> Logins);
}
