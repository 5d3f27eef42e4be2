using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Components;

/// <summary>The font of the pages, which all readers get, so that every page looks and measures the same on every machine.</summary>
internal static class WebFonts
{
    /// <summary>Its address, which css/fonts.css has too. It contains the version, so another version has another address.</summary>
    public const string Address = "/fonts/inter-latin-5.3.woff2";

    /// <summary>
    /// Gives the font an unlimited cache lifetime. Style sheets cannot name the fingerprinted address of a static asset, and
    /// assets without one are revalidated on each page, which would show the fallback font first.
    /// </summary>
    public static void CacheWebFonts(this StaticAssetsEndpointConventionBuilder assets) =>
        assets.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RequestDelegate: { } serve } route && $"/{route.RoutePattern.RawText}" == Address)
            {
                route.RequestDelegate = context =>
                {
                    context.Response.OnStarting(() =>
                    {
                        context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
                        return Task.CompletedTask;
                    });
                    return serve(context);
                };
            }
        });
}
