using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;

namespace Coos.Web.Submissions;

/// <summary>
/// Checks whether the viewer may submit before a form with files is read. The API does so itself; on pages, the antiforgery
/// middleware would read the whole form first.
/// </summary>
internal static class SubmitPageGate
{
    /// <summary>Shows the page with the reason instead of reading its form, if the viewer may not submit.</summary>
    public static void UseSubmitPageGate(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (
                    HttpMethods.IsPost(context.Request.Method)
                    && context.IsMarked<ReceivesFilesAttribute>()
                    && !context.IsMarked<ApiCall>()
                    && await RefuseAsync(context) is { } refusal
                )
                {
                    // The page is rendered as a GET and does not read the posted form.
                    context.Request.Method = HttpMethods.Get;
                    context.Response.StatusCode = refusal.StatusCode();
                }

                await next(context);
            }
        );

    private static Task<Refusal?> RefuseAsync(HttpContext context) =>
        context
            .RequestServices.GetRequiredService<SubmissionGate>()
            .RefuseAsync(context.GetRouteValue("Slug") as string ?? "", context.RequestAborted);
}
