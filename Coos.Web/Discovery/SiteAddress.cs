namespace Coos.Web.Discovery;

/// <summary>Absolute addresses, as feeds, site maps and link previews need them.</summary>
internal static class SiteAddress
{
    /// <summary>The absolute address of a path of this server, as the client of a request reached it.</summary>
    /// <param name="request">The request; behind a proxy its scheme and host are those that the proxy forwards.</param>
    /// <param name="path">From the root: <c>/submissions/...</c>.</param>
    public static string AbsoluteAddress(this HttpRequest request, string path) =>
        $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{path}";
}
