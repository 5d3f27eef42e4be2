using System.Text.Json;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// Signs people in with a passkey. A lock after wrong passwords does not hold here: who knows a public name could else
/// keep its owner out for as long as they like.
/// </summary>
internal sealed class PasskeySignIn(SignInManager<Account> signIn, UserManager<Account> users)
{
    /// <summary>Signs in.</summary>
    /// <param name="credential">What the device said.</param>
    /// <returns>Whether it was right, and the account is open.</returns>
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

    /// <summary>Identity throws where the browser's part of the exchange is missing or garbled.</summary>
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
