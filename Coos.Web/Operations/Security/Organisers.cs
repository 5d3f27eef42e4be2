using Coos.Web.Accounts;
using Coos.Web.Submissions;
using Hangfire.Annotations;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Authorization;

namespace Coos.Web.Operations.Security;

/// <summary>Keeps what only organisers may do from everybody else.</summary>
internal static class Organisers
{
    /// <summary>Whether a request comes from an organiser.</summary>
    public static async Task<bool> IsAllowedAsync(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, Policies.Organiser)).Succeeded;

    /// <summary>Refuses everybody else.</summary>
    public static RouteHandlerBuilder ForOrganisers(this RouteHandlerBuilder call) => call
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
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
