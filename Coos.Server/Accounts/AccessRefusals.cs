using Coos.Server.Problems;

namespace Coos.Server.Accounts;

/// <summary>Why a viewer may not do something, where several rules say so.</summary>
internal static class AccessRefusals
{
    /// <summary>It needs an account.</summary>
    public static Refusal SignInRequired() =>
        new(
            RefusalKind.SignInRequired,
            "Sign in first",
            "This is for people who are signed in. Make an API token at /account and send it as Authorization: Bearer TOKEN."
        );

    /// <summary>The token was made for other things.</summary>
    public static Refusal ScopeRequired(string scope) =>
        new(RefusalKind.Forbidden, "The token may not do this", $"It lacks the scope {scope}; make one that has it at /account.");

    /// <summary>It is for organisers.</summary>
    public static Refusal OrganisersOnly() =>
        new(
            RefusalKind.Forbidden,
            "Organisers only",
            "This is for organisers of the server; sign in as one, or send the token of one with the scope organise."
        );
}
