using Coos.Server.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Coos.Web.Accounts;

/// <summary>The names of authorisation policies.</summary>
internal static class Policies
{
    /// <summary>Organisers only.</summary>
    public const string Organiser = "organiser";
}

/// <summary>That the viewer is an organiser.</summary>
internal sealed class OrganiserRequirement : IAuthorizationRequirement;

/// <summary>Asks the viewer, which was read from the database for this request, and not the cookie, which may be days old.</summary>
internal sealed class OrganiserHandler(Viewer viewer) : AuthorizationHandler<OrganiserRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OrganiserRequirement requirement)
    {
        if (viewer.IsOrganiser)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
