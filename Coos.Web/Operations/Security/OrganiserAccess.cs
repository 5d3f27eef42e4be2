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
                        : ProblemAnswers.Of(OrganisersOnly(context.User.Identity?.IsAuthenticated == true));
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
                "For organisers",
                "Nothing was changed. Your account may not do this; ask an organiser of this server."
            )
            : new(
                RefusalKind.SignInRequired,
                "For organisers",
                "Nothing was changed. Send the token of an organiser with the scope organise, or sign in as one."
            );
}
