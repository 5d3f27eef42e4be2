using Coos.Web.Accounts;
using Coos.Web.Configuration;

namespace Coos.Web.Submissions;

/// <summary>Says who may submit, before a byte of the upload is read.</summary>
internal sealed class SubmissionGate(Viewer viewer, CoosSettings settings, IHttpContextAccessor accessor)
{
    /// <summary>Whether the viewer has to sign in first.</summary>
    public bool NeedsSignIn => settings.Access.Submissions == SubmissionAccess.SignedIn && !viewer.IsSignedIn;

    /// <summary>Why the viewer may not submit; null where they may.</summary>
    public Refusal? Refuse() => viewer switch
    {
        _ when NeedsSignIn => Refusal.SignedInOnly(),
        { IsSignedIn: true } when !viewer.Scopes.HasFlag(TokenScopes.Submit) => Refusal.NeedsScope("submit"),
        { IsSignedIn: false } when !settings.Access.IsOpenToTheWorld && !OpenAccess.IsFromHere(accessor.HttpContext!) => Refusal.OpenHereOnly(),
        _ => null,
    };
}
