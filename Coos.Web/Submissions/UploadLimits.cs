using Coos.Server.Accounts;
using Coos.Server.Submissions;
using Coos.Web.Accounts;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Coos.Web.Submissions;

/// <summary>Limits concurrent uploads, before their bodies are read, and their bytes, while they are read.</summary>
internal static class UploadLimits
{
    private const int RetrySeconds = 5;

    /// <summary>
    /// A slower sender is cut off. An upload has a slot as long as it lasts, so a few senders with a byte per second would keep it for
    /// days.
    /// </summary>
    private static readonly MinDataRate MinRate = new(4096, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Applies the limits to endpoints that receive files. Permissions come first, antiforgery reads the form later.</summary>
    public static void UseCoosUploadLimits(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<UploadLimiter>();
        app.Use(
            async (context, next) =>
            {
                if (!IsUpload(context))
                {
                    await next(context);
                    return;
                }

                var result = await limiter.AcquireAsync(SenderOf(context), context.Request.ContentLength, context.RequestAborted);
                if (!result.TryGet(out var slot, out var refusal))
                {
                    await ProblemResponses.RespondAsync(context, refusal, RetrySeconds);
                    return;
                }

                context.Response.OnStarting(SetRetryAfterAsync, context.Response);
                using (slot)
                {
                    if (
                        HttpProtocol.IsHttp11(context.Request.Protocol)
                        && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate
                    )
                    {
                        rate.MinDataRate = MinRate;
                    }

                    context.Request.Body = new CountedBody(context.Request.Body, slot);
                    await next(context);
                }
            }
        );
    }

    private static bool IsUpload(HttpContext context) =>
        context.IsMarked<ReceivesFilesAttribute>()
        && (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method));

    /// <summary>The account, or the address without one; null on this machine.</summary>
    private static string? SenderOf(HttpContext context) =>
        context.Features.Get<Viewer>() is { AccountId: { } account } ? Submitter.KeyOf(account)
        : OpenAccess.IsFromThisMachine(context) ? null
        : $"address:{SenderNetwork.Of(context.Connection.RemoteIpAddress)}";

    /// <summary>
    /// Tells the client when to send an upload again whose bytes exceeded the limit while they were read. Error pages and problem
    /// documents clear the headers that were set before them.
    /// </summary>
    private static Task SetRetryAfterAsync(object response)
    {
        if (((HttpResponse)response).StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            ProblemResponses.SetRetryAfter((HttpResponse)response, RetrySeconds);
        }

        return Task.CompletedTask;
    }
}
