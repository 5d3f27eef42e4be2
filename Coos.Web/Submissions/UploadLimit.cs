using Coos.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Coos.Web.Submissions;

/// <summary>
/// Holds request bodies to the upload limit in a way that the sender gets to read why: a server that closes the
/// connection at once, as Kestrel does by itself, leaves most clients with "connection reset" and no answer.
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
