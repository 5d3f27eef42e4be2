using Coos.Server.Configuration;

namespace Coos.Web.Discovery;

/// <summary>Creates absolute URLs for feeds, site maps and link previews.</summary>
internal static class SiteAddress
{
    /// <summary>
    /// The absolute URL of a path on this server: below <c>Coos:PublicAddress</c>, or with the scheme and host of the request if
    /// that is not set. Clients can forge the host, so a server with a public address never repeats it.
    /// </summary>
    /// <param name="request">The request; behind a proxy, it has the forwarded scheme and host.</param>
    /// <param name="path">The path from the root, such as <c>/submissions/...</c>.</param>
    public static string AbsoluteAddress(this HttpRequest request, string path) =>
        request.HttpContext.RequestServices.GetRequiredService<CoosSettings>().PublicAddress is { } known
            ? known.GetLeftPart(UriPartial.Path).TrimEnd('/') + path
            : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{path}";
}
