using Coos.Server.Accounts;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>Says who may submit, before a byte of the upload is read.</summary>
internal sealed class SubmissionGate(Viewer viewer, CoosSettings settings, RequestOrigin origin)
{
    /// <summary>Whether the viewer has to sign in first.</summary>
    public bool NeedsSignIn => settings.Access.Submissions == SubmissionAccess.SignedIn && !viewer.IsSignedIn;

    /// <summary>Why the viewer may not submit; null where they may.</summary>
    public Refusal? Refuse() =>
        viewer switch
        {
            _ when NeedsSignIn => SignedInOnly(),
            { IsSignedIn: true } when !viewer.Scopes.HasFlag(TokenScopes.Submit) => AccessRefusals.ScopeRequired("submit"),
            { IsSignedIn: false } when !settings.Access.IsOpenToTheWorld && !origin.IsThisMachine => OpenHereOnly(),
            _ => null,
        };

    private static Refusal SignedInOnly() =>
        new(
            RefusalKind.SignInRequired,
            "Sign in to submit",
            "This server takes submissions from signed-in participants only (Coos:Access:Submissions is SignedIn). Sign in at /account, or make an API token there and send it as Authorization: Bearer TOKEN."
        );

    private static Refusal OpenHereOnly() =>
        new(
            RefusalKind.Forbidden,
            "Open to this machine only",
            "Nothing was stored. This server takes submissions without an account from its own machine only; sign in at /account, or have its organiser set Coos:Access:Submissions."
        );
}
