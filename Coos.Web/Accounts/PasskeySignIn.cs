using System.Text.Json;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>Signs users in with a passkey. The limit of wrong passwords does not apply, because a passkey cannot be guessed.</summary>
internal sealed class PasskeySignIn(SignInManager<Account> signIn, UserManager<Account> users)
{
    /// <summary>Signs in.</summary>
    /// <param name="credential">The credential from the device, as JSON.</param>
    /// <returns>Whether the credential is valid and the account is open.</returns>
    public async Task<bool> TryAsync(string credential)
    {
        var assertion = await TryReadAsync(credential);
        if (
            assertion is not { Succeeded: true }
            || !await signIn.CanSignInAsync(assertion.User)
            || !(await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey)).Succeeded
        )
        {
            return false;
        }

        await signIn.SignInAsync(assertion.User, isPersistent: false);
        return true;
    }

    /// <summary>Returns null for a missing or malformed credential, for which Identity throws.</summary>
    private async Task<PasskeyAssertionResult<Account>?> TryReadAsync(string credential)
    {
        try
        {
            return credential.Length == 0 ? null : await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception e) when (e is InvalidOperationException or PasskeyException or JsonException)
        {
            return null;
        }
    }
}
