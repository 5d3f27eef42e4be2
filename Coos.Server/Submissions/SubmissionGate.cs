using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>Checks whether the viewer may submit, before the upload is read.</summary>
internal sealed class SubmissionGate(
    Viewer viewer,
    CoosSettings settings,
    RequestOrigin origin,
    BenchmarkCatalog catalog,
    Participations participations
)
{
    /// <summary>Whether the viewer has to sign in first.</summary>
    public bool NeedsSignIn => settings.Access.Submissions == SubmissionAccess.SignedIn && !viewer.IsSignedIn;

    /// <summary>Returns the reason why the viewer may not submit; null if they may.</summary>
    public Refusal? Refuse() =>
        viewer switch
        {
            _ when NeedsSignIn => SignedInOnly(),
            { IsSignedIn: true } when !viewer.Scopes.HasFlag(TokenScopes.Submit) => AccessRefusals.ScopeRequired("submit"),
            { IsSignedIn: false } when !settings.Access.IsOpenToOtherMachines && !origin.IsThisMachine => OpenHereOnly(),
            _ => null,
        };

    /// <summary>
    /// Returns the reason why the viewer may not submit to a benchmark; null if they may, or if there is no such benchmark, which
    /// the validation of the form reports.
    /// </summary>
    public async Task<Refusal?> RefuseAsync(string slug, CancellationToken cancellation) =>
        Refuse() ?? (catalog.TryGet(slug, out var folder) ? await participations.RefuseAsync(folder.Benchmark, cancellation) : null);

    private static Refusal SignedInOnly() =>
        new(
            RefusalKind.SignInRequired,
            "Sign in to submit",
            "This server accepts submissions only from signed-in participants (Coos:Access:Submissions is SignedIn). "
                + "Sign in at /account, or create an API token there and send it as Authorization: Bearer TOKEN."
        );

    private static Refusal OpenHereOnly() =>
        new(
            RefusalKind.Forbidden,
            "Open to this machine only",
            "Nothing was stored. This server accepts submissions without an account only from its own machine. "
                + "Sign in at /account, or ask the organiser to set Coos:Access:Submissions."
        );
}
