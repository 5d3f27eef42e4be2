using Coos.Server.Accounts;
using Coos.Server.Problems;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Accounts;

/// <summary>What happens to each request on account of who sends it.</summary>
internal static class AccountPipeline
{
    /// <summary>Signs requests in, refuses tokens that do not count and calls that other sites' pages make, and limits how many there are.</summary>
    public static void UseCoosAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.Use(
            async (context, next) =>
            {
                if (await RefuseAsync(context) is { } refusal)
                {
                    await ProblemAnswers.Of(refusal).ExecuteAsync(context);
                    return;
                }

                await next(context);
            }
        );
        app.UseAuthorization();
    }

    private static async Task<Refusal?> RefuseAsync(HttpContext context)
    {
        if (TokenAuthentication.IsFor(context))
        {
            var result = await context.AuthenticateAsync(TokenAuthentication.Bearer);
            if (result.Succeeded)
            {
                return null;
            }

            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return BadToken(result.Failure?.Message ?? "Send an API token, made at /account.");
        }

        return IsChangeThroughApi(context.Request) && ComesFromElsewhere(context) ? FromElsewhere() : null;
    }

    private static bool IsChangeThroughApi(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);

    /// <summary>
    /// Whether a page of another site sent the call. The API has no antiforgery tokens, so browsers have to say where a
    /// call comes from, which those of the last years do; who is signed in by a cookie and says nothing is no browser.
    /// </summary>
    private static bool ComesFromElsewhere(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site != "same-origin" && site != "none";
        }

        var isSignedIn = context.Features.Get<Viewer>() is not null;
        return headers.TryGetValue(HeaderNames.Origin, out var origin)
            ? !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Authority != context.Request.Host.Value
            : isSignedIn;
    }

    private static Refusal BadToken(string reason) => new(RefusalKind.SignInRequired, "The token does not count", reason);

    private static Refusal FromElsewhere() =>
        new(
            RefusalKind.Forbidden,
            "From another site",
            "Nothing was changed. A page of another site sent this call; programs send an API token, made at /account, as Authorization: Bearer TOKEN."
        );
}
