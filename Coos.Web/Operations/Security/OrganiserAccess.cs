using Coos.Server.Problems;
using Coos.Web.Accounts;
using Hangfire.Annotations;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Authorization;

namespace Coos.Web.Operations.Security;

/// <summary>Restricts endpoints to organisers.</summary>
internal static class OrganiserAccess
{
    /// <summary>Whether a request comes from an organiser.</summary>
    public static async Task<bool> IsAllowedAsync(HttpContext context) =>
        (
            await context
                .RequestServices.GetRequiredService<IAuthorizationService>()
                .AuthorizeAsync(context.User, context, Policies.Organiser)
        ).Succeeded;

    /// <summary>Restricts an API endpoint to organisers.</summary>
    public static RouteHandlerBuilder ForOrganisers(this RouteHandlerBuilder call) =>
        call.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    var context = invocation.HttpContext;
                    return await IsAllowedAsync(context)
                        ? await next(invocation)
                        : ProblemResponses.Of(OrganisersOnly(context.User.Identity?.IsAuthenticated == true));
                }
            );

    /// <summary>Restricts the Hangfire dashboard to organisers.</summary>
    internal sealed class DashboardFilter : IDashboardAsyncAuthorizationFilter
    {
        public Task<bool> AuthorizeAsync([NotNull] DashboardContext context) => IsAllowedAsync(context.GetHttpContext());
    }

    private static Refusal OrganisersOnly(bool isSignedIn) =>
        isSignedIn
            ? new(
                RefusalKind.Forbidden,
                "Organisers only",
                "Nothing was changed. Only organisers of this server can do this; ask one of them."
            )
            : new(
                RefusalKind.SignInRequired,
                "Organisers only",
                "Nothing was changed. Send an organiser's token with the scope organise, or sign in as an organiser."
            );
}
