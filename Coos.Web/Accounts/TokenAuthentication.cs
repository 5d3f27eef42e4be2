using System.Security.Claims;
using System.Text.Encodings.Web;
using Coos.Server.Accounts;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Accounts;

/// <summary>Authenticates programs by an API token in the header <c>Authorization: Bearer</c>.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ViewerReader viewers
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme, in the services and in the header.</summary>
    public const string Bearer = "Bearer";

    /// <summary>Whether a request is an API call with an Authorization header. Pages ignore the header.</summary>
    public static bool IsFor(HttpContext context) => context.IsMarked<ApiCall>() && context.Request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[HeaderNames.Authorization].ToString();
        if (!header.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail(
                "The Authorization header is not valid. Send \"Bearer\" and an API token; create one at /account."
            );
        }

        var found = await viewers.FindByTokenAsync(header[(Bearer.Length + 1)..].Trim(), Context.RequestAborted);
        if (!found.TryGet(out var viewer, out var refusal))
        {
            return AuthenticateResult.Fail(refusal.Detail);
        }

        Context.Features.Set(viewer);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, viewer.AccountId!.Value.ToString())], Bearer);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Bearer));
    }
}
