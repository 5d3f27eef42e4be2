using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Text.Unicode;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Validates public names. Names are unique across accounts and teams, so that one cannot pass for another.</summary>
internal sealed class Names(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>The current names, so that their skeletons are not computed again for each submission.</summary>
    private volatile Dictionary<string, ComparedName> _compared = [];

    /// <summary>The submitter of entries whose account was deleted. No account or team may have this name.</summary>
    public const string Anonymous = "Anonymous";

    /// <summary>Normalises a name for storage: Unicode form KC, single spaces.</summary>
    public static string Normalize(string name) =>
        string.Join(' ', UnicodeForm.ToKC(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Converts a name to the upper-case key by which names are compared.</summary>
    public static string ToKey(string name) => Normalize(name).ToUpperInvariant();

    /// <summary>Validates a new name; null if it is valid and available.</summary>
    public async Task<FieldProblem?> CheckAsync(string name, CancellationToken cancellation)
    {
        if (name.Length is 0 or > Submission.SubmitterLength)
        {
            return new FieldProblem("name", "required", $"name has {name.Length} characters; allowed: 1 to {Submission.SubmitterLength}");
        }

        if (NameCharacters.FindProblem(name) is { } problem)
        {
            return new FieldProblem("name", "bad-text", problem);
        }

        if (NameSkeleton.Of(Normalize(name)).LooksLike(NameSkeleton.Of(Anonymous)))
        {
            return new FieldProblem("name", "taken", $"name is reserved: {Anonymous} stands for deleted accounts; choose another one");
        }

        return await FindTakenAsync(name, cancellation) switch
        {
            null => null,
            var other when other.Key == ToKey(name) => new FieldProblem(
                "name",
                "taken",
                "name is taken by another account or team; choose another one"
            ),
            var other => new FieldProblem(
                "name",
                "taken",
                $"name looks like {other.Name}, the name of another account or team; choose one that differs more"
            ),
        };
    }

    /// <summary>Checks whether an account or team has a name, or one that looks like it.</summary>
    public async Task<bool> IsTakenAsync(string name, CancellationToken cancellation) =>
        await FindTakenAsync(name, cancellation) is not null;

    /// <summary>Finds the name of an account or team that equals a name or looks like it; null if there is none.</summary>
    private async Task<ComparedName?> FindTakenAsync(string name, CancellationToken cancellation)
    {
        var sought = ComparedName.Of(name);
        var all = await ReadAsync(cancellation);
        return all.FirstOrDefault(other => other.Key == sought.Key)
            ?? all.FirstOrDefault(other => other.Skeleton.LooksLike(sought.Skeleton));
    }

    /// <summary>Reads the names of all accounts and teams. They are few and short, so that all of them are compared in memory.</summary>
    private async Task<IReadOnlyCollection<ComparedName>> ReadAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var accounts = await database.Users.Where(a => a.DeletedAt == null).Select(a => a.UserName!).ToListAsync(cancellation);
        var teams = await database.Teams.Select(t => t.Name).ToListAsync(cancellation);
        var known = _compared;
        var current = accounts.Concat(teams).Distinct().ToDictionary(n => n, n => known.GetValueOrDefault(n) ?? ComparedName.Of(n));
        _compared = current;
        return current.Values;
    }

    /// <summary>A name, and what it is compared by.</summary>
    private sealed record ComparedName(string Name, string Key, NameSkeleton Skeleton)
    {
        public static ComparedName Of(string name) => new(name, ToKey(name), NameSkeleton.Of(Normalize(name)));
    }
}
