using Coos.Server.Accounts;
using Coos.Server.Data;

namespace Coos.Server.Submissions;

/// <summary>The submitter of a submission: an account, a team, or a name without an account.</summary>
/// <param name="Name">The name on the leaderboard.</param>
/// <param name="Key">The key within which predictions must be unique.</param>
/// <param name="OwnerId">The account; null for none.</param>
/// <param name="TeamId">The account's team; null for none.</param>
/// <param name="QuotaKeys">
/// The keys of the quotas that a submission uses: the account's and its team's, so that neither a new team nor a new member
/// adds quota.
/// </param>
/// <param name="QuotaPerDay">The account's own quota, granted by an organiser; null for the default quota.</param>
internal sealed record Submitter(string Name, string Key, Guid? OwnerId, Guid? TeamId, IReadOnlyList<string> QuotaKeys, int? QuotaPerDay)
{
    private const string AccountPrefix = "account:";
    private const string TeamPrefix = "team:";

    /// <summary>Creates the submitter of bundled baselines, which use no quota.</summary>
    public static Submitter OfBaselines(string name) => new(name, "baseline", null, null, [], null);

    /// <summary>Creates the key of an account.</summary>
    public static string KeyOf(Guid account) => $"{AccountPrefix}{account}";

    /// <summary>Finds the account that a key is of; null for the key of a team, or of a name without an account.</summary>
    public static Guid? FindAccount(string key) => FindId(key, AccountPrefix);

    /// <summary>Finds the team that a key is of; null for the key of an account, or of a name without one.</summary>
    public static Guid? FindTeam(string key) => FindId(key, TeamPrefix);

    /// <summary>Whether a key is that of an account or team, and not a name without an account.</summary>
    public static bool IsAccountOrTeam(string key) =>
        key.StartsWith(AccountPrefix, StringComparison.Ordinal) || key.StartsWith(TeamPrefix, StringComparison.Ordinal);

    /// <summary>Whether a key is that of a viewer's account or team.</summary>
    public static bool IsOf(string key, Viewer viewer) =>
        (FindAccount(key) is { } account && account == viewer.AccountId) || (FindTeam(key) is { } team && team == viewer.TeamId);

    /// <summary>Creates the submitter of a viewer.</summary>
    /// <param name="viewer">The sender.</param>
    /// <param name="name">The name in the form, which is used only without an account.</param>
    public static Submitter Of(Viewer viewer, string name)
    {
        if (viewer.AccountId is not { } account)
        {
            // Upper case, so that a name cannot equal the key of an account or team, which is lower case.
            var key = Names.ToKey(name);
            key = key.Length > Submission.SubmitterLength ? name.ToUpperInvariant() : key;
            return new Submitter(name, key, null, null, [key], null);
        }

        var own = KeyOf(account);
        return viewer.TeamId is { } team
            ? new Submitter(viewer.SubmitterName!, TeamPrefix + team, account, team, [own, TeamPrefix + team], viewer.QuotaPerDay)
            : new Submitter(viewer.SubmitterName!, own, account, null, [own], viewer.QuotaPerDay);
    }

    private static Guid? FindId(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParse(key.AsSpan(prefix.Length), out var id) ? id : null;
}
