using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// Creates accounts. If the server sends mail, the address is confirmed first, by a mailed link to the form for name and
/// password, so that the form does not reveal whether an address has an account.
/// </summary>
internal sealed class Registration(UserManager<Account> users, Names names, CoosSettings settings, RequestOrigin origin, TimeProvider clock)
{
    /// <summary>Whether registration needs a ticket, which is sent by mail.</summary>
    public bool NeedsTicket => settings.Mail is not null;

    /// <summary>Creates an account.</summary>
    /// <param name="name">The public name.</param>
    /// <param name="mail">The confirmed mail address; null for none.</param>
    /// <param name="password">The password; null if an external provider signs the account in.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The account, or the refusal.</returns>
    public async Task<Result<Account>> CreateAsync(string name, string? mail, string? password, CancellationToken cancellation)
    {
        name = Names.Normalize(name);
        if (await names.CheckAsync(name, cancellation) is { } problem)
        {
            return Refusal.BadFields(problem);
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            UserName = name,
            Email = mail,
            EmailConfirmed = mail is not null,
            CreatedAt = now.UtcDateTime,
            Network = origin.Network,
        };
        try
        {
            var result = password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password);
            return result.Succeeded ? account : Refusal.BadFields([.. result.Errors.Select(ToProblem)]);
        }
        catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
        {
            return Refusal.BadFields(
                new FieldProblem("name", "taken", "name or mail address was just taken by another account; choose another one")
            );
        }
    }

    /// <summary>Converts an error of Identity to a problem with our message.</summary>
    public static FieldProblem ToProblem(IdentityError error) =>
        error.Code switch
        {
            nameof(IdentityErrorDescriber.PasswordTooShort) => new FieldProblem(
                "password",
                "too-short",
                "password is too short; use at least 10 characters, for example several words"
            ),
            nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => new FieldProblem(
                "password",
                "bad-value",
                "password repeats the same few characters; use at least 4 different ones"
            ),
            nameof(IdentityErrorDescriber.DuplicateUserName) => new FieldProblem(
                "name",
                "taken",
                "name is taken by another account or team; choose another one"
            ),
            nameof(IdentityErrorDescriber.InvalidToken) => new FieldProblem(
                "link",
                "bad-value",
                "the link has expired or was already used; request a new one"
            ),
            _ => new FieldProblem("account", "bad-value", error.Description),
        };
}
