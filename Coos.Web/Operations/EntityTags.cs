using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Operations;

/// <summary>
/// Gives pages and documents an entity tag, a hash of what they say, and answers 304 to those who have it already. Stands
/// behind the output cache, which keeps the tag with the page and answers 304 by itself from then on.
/// </summary>
internal static class EntityTags
{
    private const int HashBytes = 12;

    /// <summary>Gives the answers of endpoints tags.</summary>
    public static TBuilder WithEntityTags<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Wish(IsTagged: true));

    /// <summary>Leaves an endpoint out that sends as it goes, or files that are too large to be held.</summary>
    public static TBuilder WithoutEntityTags<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Wish(IsTagged: false));

    /// <summary>Tags what endpoints answer that wish for it.</summary>
    public static void UseCoosEntityTags(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (
                    !HttpMethods.IsGet(context.Request.Method)
                    || context.GetEndpoint()?.Metadata.GetMetadata<Wish>() is not { IsTagged: true }
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

    /// <summary>Weak: compression changes the bytes and not what they say.</summary>
    private static string TagOf(MemoryStream content) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)).AsSpan(0, HashBytes))}\"";

    /// <summary>Browsers ask each time whether what they keep is still so, unless the answer says otherwise by itself.</summary>
    private static string CacheControlOf(HttpContext context) =>
        context.Response.Headers.CacheControl is { Count: > 0 } said ? said.ToString()
        : context.User.Identity?.IsAuthenticated == true ? "private, no-cache"
        : "no-cache";

    private static bool IsKnown(HttpRequest request, HttpResponse response) =>
        new RequestHeaders(request.Headers).IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var tag)
        && known.Any(k => k == EntityTagHeaderValue.Any || k.Compare(tag, useStrongComparison: false));

    private sealed record Wish(bool IsTagged);
}
