using Coos.Server.Data;
using Coos.Shared.Submissions;

namespace Coos.Server.Accounts;

/// <summary>
/// Who sends a request and what they may. Read anew from the database for each request: whoever loses a right, a team or
/// the account loses it at once.
/// </summary>
internal sealed record Viewer
{
    /// <summary>Somebody who is not signed in.</summary>
    public static Viewer Anonymous { get; } = new();

    public Guid? AccountId { get; init; }

    public Guid? TeamId { get; init; }

    /// <summary>The account's public name.</summary>
    public string? Name { get; init; }

    public string? TeamName { get; init; }

    /// <summary>Whether the account is an organiser's, whatever was signed in with.</summary>
    public bool HasOrganiserAccount { get; init; }

    /// <summary>What was signed in with allows this.</summary>
    public TokenScopes Scopes { get; init; }

    /// <summary>The token that was signed in with; null for a browser.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>The account's own quota; null for the usual one.</summary>
    public int? QuotaPerDay { get; init; }

    public bool IsSignedIn => AccountId is not null;

    /// <summary>Whether they may act as an organiser now.</summary>
    public bool IsOrganiser => HasOrganiserAccount && Scopes.HasFlag(TokenScopes.Organise);

    /// <summary>The name that submissions bear.</summary>
    public string? SubmitterName => TeamName ?? Name;

    /// <summary>The account whose submissions they see as their own; null where the token is for other things.</summary>
    public Guid? SeesAsOwner => (Scopes & (TokenScopes.Read | TokenScopes.Submit)) != 0 ? AccountId : null;

    /// <summary>The team likewise.</summary>
    public Guid? SeesAsMember => SeesAsOwner is null ? null : TeamId;

    /// <summary>Whether a submission is theirs or their team's.</summary>
    public bool Owns(Submission submission) =>
        (AccountId is not null && submission.OwnerId == AccountId) || (TeamId is not null && submission.TeamId == TeamId);
}

/// <summary>The one place that says what may be seen. Pages, API, comparisons and exports all ask here.</summary>
internal static class Visibility
{
    /// <summary>
    /// What a viewer may see: what is public and not hidden, what is theirs or their team's, and as organiser everything.
    /// What was sent without an account has no owner to be asked: where it is private, its address is the secret.
    /// </summary>
    public static IQueryable<Submission> VisibleTo(this IQueryable<Submission> submissions, Viewer viewer)
    {
        if (viewer.IsOrganiser)
        {
            return submissions;
        }

        var (account, team) = (viewer.SeesAsOwner, viewer.SeesAsMember);
        return submissions.Where(s =>
            (s.HiddenAt == null && (s.Visibility == SubmissionVisibility.Public || s.OwnerId == null))
            || (account != null && s.OwnerId == account)
            || (team != null && s.TeamId == team)
        );
    }

    /// <summary>What stands on leaderboards, for everybody alike.</summary>
    public static IQueryable<Submission> Listed(this IQueryable<Submission> submissions) =>
        submissions.Where(s => s.Visibility == SubmissionVisibility.Public && s.HiddenAt == null);
}
