using Coos.Server.Problems;

namespace Coos.Server.Accounts;

/// <summary>Creates the refusals of requests without the required permission.</summary>
internal static class AccessRefusals
{
    /// <summary>Rejects a request that needs an account.</summary>
    public static Refusal SignInRequired() =>
        new(
            RefusalKind.SignInRequired,
            "Sign-in required",
            "This request needs an account. Create an API token at /account and send it as Authorization: Bearer TOKEN."
        );

    /// <summary>Rejects a submission whose account was closed or deleted while it was sent.</summary>
    public static Refusal AccountClosed() =>
        new(
            RefusalKind.SignInRequired,
            "Account closed",
            "Nothing was stored. The account was closed or deleted while the submission was sent."
        );

    /// <summary>Rejects a token that lacks a scope.</summary>
    public static Refusal ScopeRequired(string scope) =>
        new(
            RefusalKind.Forbidden,
            "Missing token scope",
            $"The token does not have the scope {scope}; create one that has it at /account."
        );

    /// <summary>Rejects a request that only organisers may send, unless an organiser sent it.</summary>
    /// <returns>Null if the viewer is an organiser.</returns>
    public static Refusal? RefuseUnlessOrganiser(Viewer viewer) =>
        viewer switch
        {
            { IsOrganiser: true } => null,
            { IsSignedIn: false } => SignInRequired(),
            { HasOrganiserAccount: true } => ScopeRequired("organise"),
            _ => OrganisersOnly(),
        };

    /// <summary>Rejects a request that only organisers may send.</summary>
    public static Refusal OrganisersOnly() =>
        new(
            RefusalKind.Forbidden,
            "Organisers only",
            "Only organisers of this server can do this. Sign in as an organiser, or send an organiser's token with the scope organise."
        );
}
