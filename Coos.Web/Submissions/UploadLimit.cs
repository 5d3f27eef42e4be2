using Coos.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Limits request bodies so that the client can read the error. Kestrel's own limit closes the connection at once, and most
/// clients then report only "connection reset".
/// </summary>
internal static class UploadLimit
{
    /// <summary>Replaces Kestrel's limit.</summary>
    public static void UseUploadLimit(this WebApplication app)
    {
        var maximum = SubmissionFormReader.MaximumRequestBytes(app.Services.GetRequiredService<CoosSettings>());
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
                {
                    feature.MaxRequestBodySize = null;
                }

                context.Request.Body = new LimitedBody(context.Request.Body, maximum, context.Request.ContentLength);
                return next(context);
            }
        );
    }
}
