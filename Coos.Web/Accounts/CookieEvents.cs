using System.Security.Claims;
using Coos.Server.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Coos.Web.Accounts;

/// <summary>Asks the database at each request whether a sign-in still holds; Identity by itself asks every half hour.</summary>
internal sealed class CookieEvents(ViewerReader viewers, IOptions<IdentityOptions> identity) : CookieAuthenticationEvents
{
    /// <summary>Says it in place; a page that one may not see is no reason to sign in again.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;

        // The page that says so is read, and has no use for a form.
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
