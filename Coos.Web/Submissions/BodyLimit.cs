using Coos.Server.Configuration;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Limits request bodies so that the client can read the error. Kestrel's own limit closes the connection at once, and most
/// clients then report only "connection reset".
/// </summary>
internal static class BodyLimit
{
    /// <summary>The maximum size of a body in bytes, unless its endpoint receives files.</summary>
    public const long DefaultBytes = 64 << 10;

    /// <summary>Replaces Kestrel's limit by that of the endpoint, so it must run after routing.</summary>
    public static void UseCoosBodyLimits(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<CoosSettings>();
        var (withFiles, withModel) = (
            SubmissionFormReader.MaximumRequestBytes(settings, hasModel: false),
            SubmissionFormReader.MaximumRequestBytes(settings, hasModel: true)
        );
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
                {
                    feature.MaxRequestBodySize = null;
                }

                var maximum =
                    context.IsMarked<ReceivesModelsAttribute>() ? withModel
                    : context.IsMarked<ReceivesFilesAttribute>() ? withFiles
                    : DefaultBytes;
                context.Request.Body = new LimitedBody(context.Request.Body, maximum, context.Request.ContentLength);
                return next(context);
            }
        );
    }
}
