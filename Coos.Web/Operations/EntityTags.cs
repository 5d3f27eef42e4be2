using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Operations;

/// <summary>
/// Adds an entity tag, a hash of the content, to pages and documents, and responds with 304 if the client already has the
/// content. Runs inside the output cache, which stores the tag with the page and then sends 304 responses itself.
/// </summary>
internal static class EntityTags
{
    private const int HashBytes = 12;

    /// <summary>Enables entity tags for endpoints.</summary>
    public static TBuilder WithEntityTags<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new EntityTagMetadata(IsTagged: true));

    /// <summary>Disables entity tags for an endpoint that streams its response or sends files too large to buffer.</summary>
    public static TBuilder WithoutEntityTags<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new EntityTagMetadata(IsTagged: false));

    /// <summary>Adds the middleware, which tags the responses of enabled endpoints.</summary>
    public static void UseCoosEntityTags(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (
                    !HttpMethods.IsGet(context.Request.Method)
                    || context.GetEndpoint()?.Metadata.GetMetadata<EntityTagMetadata>() is not { IsTagged: true }
                )
                {
                    await next(context);
                    return;
                }

                var sender = context.Response.Body;
                using var content = new MemoryStream();
                context.Response.Body = content;
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Response.Body = sender;
                }

                await SendAsync(context, content);
            }
        );

    private static async Task SendAsync(HttpContext context, MemoryStream content)
    {
        var response = context.Response;
        if (response.StatusCode == StatusCodes.Status200OK && content.Length > 0)
        {
            response.Headers.CacheControl = CacheControlOf(context);
            if (response.Headers.ETag.Count == 0)
            {
                response.Headers.ETag = TagOf(content);
            }

            if (IsKnown(context.Request, response))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentLength = null;
                response.Headers.ContentType = default;
                return;
            }
        }

        if (content.Length > 0)
        {
            response.ContentLength = content.Length;
            content.Position = 0;
            await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    /// <summary>A weak tag, because compression changes the bytes but not the content.</summary>
    private static string TagOf(MemoryStream content) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)).AsSpan(0, HashBytes))}\"";

    /// <summary>The response's own Cache-Control; by default, browsers must revalidate on every request.</summary>
    private static string CacheControlOf(HttpContext context) =>
        context.Response.Headers.CacheControl is { Count: > 0 } own ? own.ToString()
        : context.User.Identity?.IsAuthenticated == true ? "private, no-cache"
        : "no-cache";

    private static bool IsKnown(HttpRequest request, HttpResponse response) =>
        new RequestHeaders(request.Headers).IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var tag)
        && known.Any(k => k == EntityTagHeaderValue.Any || k.Compare(tag, useStrongComparison: false));

    private sealed record EntityTagMetadata(bool IsTagged);
}
