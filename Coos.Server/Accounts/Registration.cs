using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// Makes accounts. Where the server sends mail, an address is confirmed first, by a link to the form that asks for name
/// and password: nobody learns from the form whether an address has an account.
/// </summary>
internal sealed class Registration(UserManager<Account> users, Names names, CoosSettings settings, TimeProvider clock)
{
    /// <summary>Whether a ticket is needed, which comes by mail.</summary>
    public bool NeedsTicket => settings.Mail is not null;

    /// <summary>Makes an account.</summary>
    /// <param name="name">Its public name.</param>
    /// <param name="mail">Its confirmed address; null for none.</param>
    /// <param name="password">Its password; null where somebody else signs it in.</param>
    /// <param name="cancellation">Ends the work when the client goes.</param>
    /// <returns>The account, or what is wrong.</returns>
    public async Task<(Account? Account, IReadOnlyList<FieldProblem> Problems)> CreateAsync(
        string name,
        string? mail,
        string? password,
        CancellationToken cancellation
    )
    {
        name = Names.Tidy(name);
        if (await names.CheckAsync(name, cancellation) is { } problem)
        {
            return (null, [problem]);
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            UserName = name,
            Email = mail,
            EmailConfirmed = mail is not null,
            CreatedAt = now.UtcDateTime,
        };
        try
        {
            var result = password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password);
            return result.Succeeded ? (account, []) : (null, [.. result.Errors.Select(ToProblem)]);
        }
        catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
        {
            return (null, [new FieldProblem("name", "taken", "name or mail address was taken by another account just now")]);
        }
    }

    /// <summary>Identity's errors in our words.</summary>
    public static FieldProblem ToProblem(IdentityError error) =>
        error.Code switch
        {
            nameof(IdentityErrorDescriber.PasswordTooShort) => new FieldProblem(
                "password",
                "too-short",
                "password is too short; give 10 characters or more, several words for one"
            ),
            nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => new FieldProblem(
                "password",
                "bad-value",
                "password repeats the same few characters; give 4 different ones at least"
            ),
            nameof(IdentityErrorDescriber.DuplicateUserName) => new FieldProblem(
                "name",
                "taken",
                "name is taken by another account or team; choose another one"
            ),
            nameof(IdentityErrorDescriber.InvalidToken) => new FieldProblem(
                "link",
                "bad-value",
                "the link is too old or was used before; ask for another one"
            ),
            _ => new FieldProblem("account", "bad-value", error.Description),
        };
}
