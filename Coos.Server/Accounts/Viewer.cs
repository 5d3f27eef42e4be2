using Coos.Server.Data;
using Coos.Shared.Submissions;

namespace Coos.Server.Accounts;

/// <summary>
/// The sender of a request and their permissions. It is read from the database for each request, so that removing a
/// permission, a team membership or the account takes effect at once.
/// </summary>
internal sealed record Viewer
{
    /// <summary>A viewer who is not signed in.</summary>
    public static Viewer Anonymous { get; } = new();

    public Guid? AccountId { get; init; }

    public Guid? TeamId { get; init; }

    /// <summary>The account's public name.</summary>
    public string? Name { get; init; }

    public string? TeamName { get; init; }

    /// <summary>Whether the account is an organiser, regardless of the scopes of the token.</summary>
    public bool HasOrganiserAccount { get; init; }

    /// <summary>The scopes of the sign-in.</summary>
    public TokenScopes Scopes { get; init; }

    /// <summary>The API token of the request; null for a browser.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>The account's own quota; null for the default quota.</summary>
    public int? QuotaPerDay { get; init; }

    public bool IsSignedIn => AccountId is not null;

    /// <summary>Whether the viewer may act as an organiser with this sign-in.</summary>
    public bool IsOrganiser => HasOrganiserAccount && Scopes.HasFlag(TokenScopes.Organise);

    /// <summary>The name on the viewer's submissions.</summary>
    public string? SubmitterName => TeamName ?? Name;

    /// <summary>The account whose submissions the viewer may read as owner; null if the token lacks the scopes.</summary>
    public Guid? ReadableAccountId => (Scopes & (TokenScopes.Read | TokenScopes.Submit)) != 0 ? AccountId : null;

    /// <summary>The team whose submissions the viewer may read as member; null if they have none or the token lacks the scopes.</summary>
    public Guid? ReadableTeamId => ReadableAccountId is null ? null : TeamId;

    /// <summary>Checks whether a submission belongs to the viewer or their team.</summary>
    public bool Owns(Submission submission) =>
        (AccountId is not null && submission.OwnerId == AccountId) || (TeamId is not null && submission.TeamId == TeamId);
}

/// <summary>Determines which submissions may be seen. All pages, API calls, comparisons and exports use these filters.</summary>
internal static class Visibility
{
    /// <summary>
    /// Filters the submissions that a viewer may see: public ones that are not hidden, their own and their team's, and all for
    /// organisers. A private submission without an account has no owner, so anyone who knows its URL may see it.
    /// </summary>
    public static IQueryable<Submission> VisibleTo(this IQueryable<Submission> submissions, Viewer viewer)
    {
        if (viewer.IsOrganiser)
        {
            return submissions;
        }

        var (account, team) = (viewer.ReadableAccountId, viewer.ReadableTeamId);
        return submissions.Where(s =>
            (s.HiddenAt == null && (s.Visibility == SubmissionVisibility.Public || s.OwnerId == null))
            || (account != null && s.OwnerId == account)
            || (team != null && s.TeamId == team)
        );
    }

    /// <summary>Filters the submissions that are listed on public leaderboards.</summary>
    public static IQueryable<Submission> Listed(this IQueryable<Submission> submissions) =>
        submissions.Where(s => s.Visibility == SubmissionVisibility.Public && s.HiddenAt == null);
}
