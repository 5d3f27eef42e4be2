using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;

namespace Coos.Web.Accounts;

/// <summary>
/// Signs people in with name or mail address and password. Whether there is no such account, the password is wrong, or
/// the account is locked or closed: the answer is the same, and takes as long. Each does the same hashing; what else
/// differs, as the row that counts wrong passwords, is covered by answering no sooner than <see cref="MinimumDuration"/>.
/// </summary>
internal sealed class PasswordSignIn(SignInManager<Account> signIn, UserManager<Account> users, IPasswordHasher<Account> hasher)
{
    /// <summary>What somebody hears who could not sign in.</summary>
    public const string Refused =
        "Name and password do not belong together, or were tried too often. After five wrong passwords an account is locked for five minutes.";

    /// <summary>Several times what a refusal takes on a machine that has something else to do too.</summary>
    public static readonly TimeSpan MinimumDuration = TimeSpan.FromMilliseconds(400);

    private static readonly Account Nobody = new();
    private static string? _nobodysPassword;

    /// <summary>Signs in.</summary>
    /// <returns>Whether it was right.</returns>
    public async Task<bool> TryAsync(string name, string password, bool stay)
    {
        // The time that passes for whoever measures it, and not that of the server's clock, which tests set.
        var start = TimeProvider.System.GetTimestamp();
        var isRight = await CheckAsync(name, password, stay);
        if (!isRight && MinimumDuration - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } rest)
        {
            // A delay counts whole milliseconds, and would end a part of one too soon.
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return isRight;
    }

    private async Task<bool> CheckAsync(string name, string password, bool stay)
    {
        var account = name.Contains('@', StringComparison.Ordinal)
            ? await users.FindByEmailAsync(name)
            : await users.FindByNameAsync(Names.Normalize(name));
        if (account is null || account.PasswordHash is null || await users.IsLockedOutAsync(account) || account.DisabledAt is not null)
        {
            // As much work as a wrong password is, so that the time does not tell whether there is such an account.
            _nobodysPassword ??= hasher.HashPassword(Nobody, "nobody's");
            hasher.VerifyHashedPassword(Nobody, _nobodysPassword, password);
            return false;
        }

        var result = await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            await signIn.SignInAsync(account, stay);
        }

        return result.Succeeded;
    }
}
