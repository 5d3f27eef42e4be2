using System.Security.Claims;
using System.Text.Encodings.Web;
using Coos.Server.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Accounts;

/// <summary>Signs programs in by <c>Authorization: Bearer</c>.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ViewerReader viewers
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme, and the word in the header.</summary>
    public const string Bearer = "Bearer";

    /// <summary>Whether a request says that it comes from a program. Only the API listens to that.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && context.Request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail(
                "The header Authorization is not understood; send \"Bearer\" and an API token, made at /account."
            );
        }

        var (viewer, failure) = await viewers.FindByTokenAsync(header[(Bearer.Length + 1)..].Trim(), Context.RequestAborted);
        if (viewer is null)
        {
            return AuthenticateResult.Fail(failure!);
        }

        Context.Features.Set(viewer);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, viewer.AccountId!.Value.ToString())], Bearer);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Bearer));
    }
}
