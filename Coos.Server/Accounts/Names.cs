using System.Text;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Validates public names. Names are unique across accounts and teams, so that one cannot pass for another.</summary>
internal sealed class Names(IDbContextFactory<CoosDbContext> databases)
{
    private const string Punctuation = " .,-_'&()+";

    /// <summary>Normalises a name for storage: Unicode form KC, single spaces.</summary>
    public static string Normalize(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Converts a name to the upper-case key by which names are compared.</summary>
    public static string ToKey(string name) => Normalize(name).ToUpperInvariant();

    /// <summary>Validates a new name; null if it is valid and available.</summary>
    public async Task<FieldProblem?> CheckAsync(string name, CancellationToken cancellation)
    {
        if (name.Length is 0 or > Submission.SubmitterLength)
        {
            return new FieldProblem("name", "required", $"name has {name.Length} characters; allowed: 1 to {Submission.SubmitterLength}");
        }

        if (
            name.FirstOrDefault(c => !char.IsLetterOrDigit(c) && !Punctuation.Contains(c, StringComparison.Ordinal))
            is not '\0'
                and var invalid
        )
        {
            return new FieldProblem(
                "name",
                "bad-text",
                $"name contains the character U+{(int)invalid:X4}; allowed: letters, digits, spaces and {Punctuation.Trim()}"
            );
        }

        return await IsTakenAsync(name, cancellation)
            ? new FieldProblem("name", "taken", "name is taken by another account or team; choose another one")
            : null;
    }

    /// <summary>Checks whether an account or team has a name.</summary>
    public async Task<bool> IsTakenAsync(string name, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var key = ToKey(name);
        return await database.Users.AnyAsync(a => a.NormalizedUserName == key, cancellation)
            || await database.Teams.AnyAsync(t => t.Key == key, cancellation);
    }
}
