using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// Signs users in with their name or email address and their password. An unknown account, a wrong password, too many wrong
/// passwords and a closed account get the same response after the same time: all of them hash one password, and the rest of
/// the work is hidden by the <see cref="MinimumDuration"/> of a refusal.
/// </summary>
internal sealed class PasswordSignIn(
    SignInManager<Account> signIn,
    UserManager<Account> users,
    IPasswordHasher<Account> hasher,
    PasswordAttempts attempts,
    IHttpContextAccessor accessor
)
{
    /// <summary>The error message of a failed sign-in.</summary>
    public const string Refused =
        "The name or the password is wrong, or your network tried too many wrong passwords. "
        + "After five wrong passwords for an account, wait five minutes.";

    /// <summary>Several times the duration of a refusal on a machine under load.</summary>
    public static readonly TimeSpan MinimumDuration = TimeSpan.FromMilliseconds(400);

    private static readonly Account DummyAccount = new();
    private static string? _dummyHash;

    /// <summary>Signs in.</summary>
    /// <returns>Whether the sign-in succeeded.</returns>
    public async Task<bool> TryAsync(string name, string password, bool stay)
    {
        // Real time, which an attacker measures, not the injected clock, which tests replace.
        var start = TimeProvider.System.GetTimestamp();
        var isSignedIn = await CheckAsync(name, password, stay);
        // A timer may fire some milliseconds early (its clock is coarse), so one wait is not enough.
        while (!isSignedIn && MinimumDuration - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return isSignedIn;
    }

    private async Task<bool> CheckAsync(string name, string password, bool stay)
    {
        var account = name.Contains('@', StringComparison.Ordinal)
            ? await users.FindByEmailAsync(MailAddress.Read(name) ?? name)
            : await users.FindByNameAsync(Names.Normalize(name));
        var address = accessor.HttpContext?.Connection.RemoteIpAddress;
        if (account?.PasswordHash is null || account.DisabledAt is not null || !attempts.TryBegin(account.Id, address))
        {
            // Does the same work as for a wrong password, so the response time does not reveal whether the account exists.
            _dummyHash ??= hasher.HashPassword(DummyAccount, "dummy");
            hasher.VerifyHashedPassword(DummyAccount, _dummyHash, password);
            return false;
        }

        var result = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: false);
        if (result.Succeeded)
        {
            attempts.Succeed(account.Id, address);
            await signIn.SignInAsync(account, stay);
        }

        return result.Succeeded;
    }
}
