using Coos.Server.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Coos.Web.Accounts;

/// <summary>The names of authorisation policies.</summary>
internal static class Policies
{
    /// <summary>Organisers only.</summary>
    public const string Organiser = "organiser";
}

/// <summary>Requires the viewer to be an organiser.</summary>
internal sealed class OrganiserRequirement : IAuthorizationRequirement;

/// <summary>Checks the role in the viewer, read from the database for this request; the cookie can be days old.</summary>
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
