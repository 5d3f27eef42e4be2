using Coos.Server.Accounts;

namespace Coos.Server.Submissions;

/// <summary>In whose name a submission is sent.</summary>
/// <param name="Name">What the leaderboard shows.</param>
/// <param name="Key">Whose predictions must not repeat.</param>
/// <param name="OwnerId">The account; null without one.</param>
/// <param name="TeamId">Its team; null for none.</param>
/// <param name="QuotaKeys">Whose quotas it spends: an account's and its team's, so that neither a new team nor a new member brings more.</param>
/// <param name="QuotaPerDay">What an organiser granted the account; null for the usual.</param>
internal sealed record Submitter(string Name, string Key, Guid? OwnerId, Guid? TeamId, IReadOnlyList<string> QuotaKeys, int? QuotaPerDay)
{
    /// <summary>The folder of baselines, which spends nobody's quota.</summary>
    public static Submitter OfBaselines(string name) => new(name, "baseline", null, null, [], null);

    /// <summary>The submitter that a viewer is.</summary>
    /// <param name="viewer">Who sends.</param>
    /// <param name="name">The name in the form, which counts without an account only.</param>
    public static Submitter Of(Viewer viewer, string name)
    {
        if (viewer.AccountId is not { } account)
        {
            // In upper case, so that no name is the key of an account or team, which are in lower case.
            var key = name.ToUpperInvariant();
            return new Submitter(name, key, null, null, [key], null);
        }

        var own = $"account:{account}";
        return viewer.TeamId is { } team
            ? new Submitter(viewer.SubmitterName!, $"team:{team}", account, team, [own, $"team:{team}"], viewer.QuotaPerDay)
            : new Submitter(viewer.SubmitterName!, own, account, null, [own], viewer.QuotaPerDay);
    }
}
