using Coos.Server.Accounts;
using Coos.Server.Problems;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Accounts;

/// <summary>Authenticates, rate-limits and authorises requests.</summary>
internal static class AccountPipeline
{
    /// <summary>Adds the middleware. It also rejects invalid tokens, and API calls that pages of other sites make.</summary>
    public static void UseCoosAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.Use(
            async (context, next) =>
            {
                if (await RefuseAsync(context) is { } refusal)
                {
                    await ProblemResponses.Of(refusal).ExecuteAsync(context);
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
            return InvalidToken(result.Failure?.Message ?? "Send an API token; create one at /account.");
        }

        return IsApiChange(context) && IsCrossSite(context) ? CrossSite() : null;
    }

    private static bool IsApiChange(HttpContext context) =>
        context.IsMarked<ApiCall>()
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && !HttpMethods.IsOptions(context.Request.Method);

    /// <summary>
    /// Whether a page of another site sent the call. The API has no antiforgery tokens, so it relies on the headers
    /// Sec-Fetch-Site and Origin, which all current browsers send. A call with a sign-in cookie and neither header is rejected.
    /// </summary>
    private static bool IsCrossSite(HttpContext context)
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

    private static Refusal InvalidToken(string reason) => new(RefusalKind.SignInRequired, "Invalid token", reason);

    private static Refusal CrossSite() =>
        new(
            RefusalKind.Forbidden,
            "Cross-site request",
            "Nothing was changed, because a page of another site sent this call. From a program, create an API token at /account "
                + "and send it as Authorization: Bearer TOKEN."
        );
}
