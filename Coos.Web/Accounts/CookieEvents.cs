using System.Security.Claims;
using Coos.Server.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Coos.Web.Accounts;

/// <summary>Validates the sign-in cookie against the database on every request; Identity's default is every 30 minutes.</summary>
internal sealed class CookieEvents(ViewerReader viewers, IOptions<IdentityOptions> identity) : CookieAuthenticationEvents
{
    /// <summary>Responds with 403 instead of a redirect to the sign-in page, since signing in again would not help.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;

        // The error page is rendered as a GET; it does not read the posted form.
        context.Request.Method = HttpMethods.Get;
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var stamp = context.Principal?.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        var viewer = Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? await viewers.FindByCookieAsync(id, stamp, context.HttpContext.RequestAborted)
            : null;
        if (viewer is null)
        {
            context.RejectPrincipal();
        }
        else
        {
            context.HttpContext.Features.Set(viewer);
        }
    }
}
