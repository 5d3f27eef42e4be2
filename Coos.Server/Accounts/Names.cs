using System.Text;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Public names. Accounts and teams share one set of them, so that nobody can appear as somebody else.</summary>
internal sealed class Names(IDbContextFactory<CoosDbContext> databases)
{
    private const string Punctuation = " .,-_'&()+";

    /// <summary>A name as it is kept: one form of each letter, single spaces.</summary>
    public static string Tidy(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A name in one case, by which names are compared.</summary>
    public static string KeyOf(string name) => Tidy(name).ToUpperInvariant();

    /// <summary>What is wrong with a new name; null where nothing is.</summary>
    public async Task<FieldProblem?> CheckAsync(string name, CancellationToken cancellation)
    {
        if (name.Length is 0 or > Submission.SubmitterLength)
        {
            return new FieldProblem("name", "required", $"name has {name.Length} characters; give 1 to {Submission.SubmitterLength}");
        }

        if (
            name.FirstOrDefault(c => !char.IsLetterOrDigit(c) && !Punctuation.Contains(c, StringComparison.Ordinal)) is not '\0' and var odd
        )
        {
            return new FieldProblem(
                "name",
                "bad-text",
                $"name holds the character U+{(int)odd:X4}; allowed are letters, digits, spaces and {Punctuation.Trim()}"
            );
        }

        return await IsTakenAsync(name, cancellation)
            ? new FieldProblem("name", "taken", "name is taken by another account or team; choose another one")
            : null;
    }

    /// <summary>Whether an account or team has a name.</summary>
    public async Task<bool> IsTakenAsync(string name, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var key = KeyOf(name);
        return await database.Users.AnyAsync(a => a.NormalizedUserName == key, cancellation)
            || await database.Teams.AnyAsync(t => t.Key == key, cancellation);
    }
}
