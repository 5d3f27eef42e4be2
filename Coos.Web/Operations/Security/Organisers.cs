using System.Net;
using Coos.Web.Submissions;
using Hangfire.Annotations;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Authorization;

namespace Coos.Web.Operations.Security;

/// <summary>
/// Tells who may do what only organisers may. The policy named <c>Organiser</c> decides; a server without accounts has
/// none, and lets only the developer at its own machine in.
/// </summary>
internal static class Organisers
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "Organiser";

    /// <summary>Whether a request comes from an organiser.</summary>
    public static async Task<bool> IsAllowedAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetService<IAuthorizationPolicyProvider>() is { } policies && await policies.GetPolicyAsync(Policy) is { } policy)
        {
            return (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, policy)).Succeeded;
        }

        return services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            && context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address);
    }

    /// <summary>Refuses everybody else.</summary>
    public static RouteHandlerBuilder ForOrganisers(this RouteHandlerBuilder call) => call
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            return await IsAllowedAsync(context)
                ? await next(invocation)
                : ProblemAnswers.Of(Refusal.OrganisersOnly(context.User.Identity?.IsAuthenticated == true));
        });

    /// <summary>The same for Hangfire's pages.</summary>
    internal sealed class DashboardFilter : IDashboardAsyncAuthorizationFilter
    {
        public Task<bool> AuthorizeAsync([NotNull] DashboardContext context) => IsAllowedAsync(context.GetHttpContext());
    }
}
