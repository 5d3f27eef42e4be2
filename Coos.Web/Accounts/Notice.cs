namespace Coos.Web.Accounts;

/// <summary>
/// Shows on the next page what a form did. The response to a form is a redirect, so that reloading the page does not send the
/// form again. A cookie with a single word tells the next page which text to show.
/// </summary>
internal sealed class Notice(IHttpContextAccessor accessor)
{
    /// <summary>The cookie.</summary>
    public const string CookieName = "coos-done";

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["password"] = "Password changed. You are signed out everywhere else.",
        ["reset"] = "Password set. You can now sign in with it.",
        ["signed-out"] = "Signed out.",
        ["signed-out-elsewhere"] = "Signed out everywhere else.",
        ["passkey-added"] = "Passkey added.",
        ["passkey-removed"] = "Passkey removed.",
        ["token-revoked"] = "Token revoked. It is no longer accepted.",
        ["team-created"] = "Team created. Others can join with its code.",
        ["team-joined"] = "You joined the team. New submissions carry its name.",
        ["team-left"] = "You left the team.",
        ["team-shared"] = "Your earlier submissions are shared with the team.",
        ["account-deleted"] = "Account deleted.",
        ["team-code"] = "Team code replaced. The old code no longer works.",
        ["linked"] = "Provider linked. You can now sign in with it.",
        ["unlinked"] = "Provider unlinked. It can no longer sign you in.",
        ["linked-elsewhere"] = "The provider was not linked, because it is already linked to another account.",
        ["not-linked"] = "The provider was not linked. Start again on this page.",
        ["first-organiser"] = "You are now an organiser of this server.",
        ["webhook-deleted"] = "Webhook deleted.",
        ["webhook-tested"] = "Test message queued.",
        ["webhook-resent"] = "Message queued for another delivery.",
        ["changed"] = "Changes saved.",
        ["published"] = "Submission published.",
        ["hide"] = "Submission hidden from the leaderboard.",
        ["show"] = "Submission shown on the leaderboard again.",
        ["check"] = "Submission marked as checked by the organiser.",
        ["uncheck"] = "Submission marked as not checked.",
        ["score"] = "Submission queued for rescoring. It keeps its current scores until then.",
        ["score-waits"] = "Nothing changed: the submission is already queued or being scored.",
        ["delete"] = "Submission deleted.",
        ["gone"] = "Nothing changed: the submission no longer exists.",
        ["organiser"] = "This account is now an organiser.",
        ["participant"] = "This account is no longer an organiser.",
        ["quota"] = "Quota set.",
        ["close"] = "Account closed. It cannot sign in, and its tokens are rejected.",
        ["open"] = "Account reopened.",
        ["leave-team"] = "Account removed from its team. The team code was replaced.",
        ["benchmark-closed"] = "Benchmark closed. Everyone sees its scores now.",
        ["details"] = "Detailed report shown below.",
        ["approved"] = "Account approved. It may submit.",
        ["rejected"] = "Account rejected. It may not submit. The submissions that it has made stay.",
        ["labels-discarded"] = "Labels discarded. Nothing changed.",
    };

    /// <summary>Makes the next page show a text.</summary>
    /// <param name="word">The key of the text.</param>
    public void Set(string word)
    {
        if (!Texts.ContainsKey(word))
        {
            throw new ArgumentException($"No text has the key \"{word}\".", nameof(word));
        }

        accessor.HttpContext!.Response.Cookies.Append(CookieName, word, Options());
    }

    /// <summary>Returns the text to show and removes it; null if there is none.</summary>
    public string? Take()
    {
        var context = accessor.HttpContext!;
        if (context.Request.Cookies[CookieName] is not { } word)
        {
            return null;
        }

        context.Response.Cookies.Delete(CookieName, Options());
        return Texts.GetValueOrDefault(word);
    }

    private static CookieOptions Options() =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromMinutes(1),
            IsEssential = true,
        };
}
