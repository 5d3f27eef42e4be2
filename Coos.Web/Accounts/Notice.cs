namespace Coos.Web.Accounts;

/// <summary>
/// Says on the next page what a form did: a form is answered by sending the browser on, so that loading the page again
/// does not send it again, and the page it comes to has to know. A cookie of one word carries that; the words stand here.
/// </summary>
internal sealed class Notice(IHttpContextAccessor accessor)
{
    /// <summary>The cookie.</summary>
    public const string CookieName = "coos-done";

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["password"] = "The password is changed. Everywhere else you are signed out.",
        ["reset"] = "The password is set. Sign in with it.",
        ["signed-out"] = "You are signed out.",
        ["signed-out-elsewhere"] = "Everywhere else you are signed out.",
        ["passkey-added"] = "The passkey is added.",
        ["passkey-removed"] = "The passkey is removed.",
        ["token-revoked"] = "The token is revoked: nothing takes it any more.",
        ["team-founded"] = "The team is founded. Its code lets others join.",
        ["team-joined"] = "You joined the team. What you submit from now on bears its name.",
        ["team-left"] = "You left the team.",
        ["team-code"] = "The team has another code. The old one lets nobody in.",
        ["linked"] = "You can sign in through the provider now.",
        ["unlinked"] = "The provider does not sign you in any more.",
        ["linked-elsewhere"] = "Nothing was linked: the provider signs another account in already.",
        ["not-linked"] = "Nothing was linked: begin it on this page.",
        ["first-organiser"] = "You are the organiser of this server.",
        ["webhook-deleted"] = "The webhook is deleted.",
        ["webhook-tried"] = "A test is on its way.",
        ["webhook-repeated"] = "The message is sent once more.",
        ["changed"] = "The changes are saved.",
        ["published"] = "It is on the leaderboard.",
        ["hide"] = "The submission is off the leaderboard.",
        ["show"] = "The submission is back on the leaderboard.",
        ["verify"] = "The submission is marked as verified.",
        ["unverify"] = "The submission is marked as unverified.",
        ["score"] = "The submission waits to be scored anew; until then it keeps its scores.",
        ["score-waits"] = "Nothing to do: the submission waits to be scored, or is being scored, already.",
        ["delete"] = "The submission is deleted.",
        ["gone"] = "Nothing was done: the submission is not there any more.",
        ["organiser"] = "The account organises.",
        ["participant"] = "The account does not organise any more.",
        ["quota"] = "The quota is set.",
        ["close"] = "The account is closed: it cannot sign in, and its tokens do not count.",
        ["open"] = "The account is open again.",
        ["leave-team"] = "The account is out of its team, and the team has another code.",
        ["labels-dropped"] = "The labels that were looked at are thrown away. Nothing changed.",
    };

    /// <summary>Has the next page say something.</summary>
    /// <param name="word">Which of the texts.</param>
    public void Set(string word) => accessor.HttpContext!.Response.Cookies.Append(CookieName, Texts.ContainsKey(word) ? word : throw new ArgumentException($"There is no text for \"{word}\".", nameof(word)), Options());

    /// <summary>What there is to say; once.</summary>
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

    private static CookieOptions Options() => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromMinutes(1), IsEssential = true };
}
