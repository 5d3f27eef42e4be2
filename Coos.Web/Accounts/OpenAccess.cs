using System.Net;
using Coos.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Coos.Web.Accounts;

/// <summary>
/// Keeps a server that takes submissions without an account to its own machine: it refuses to listen elsewhere, and to
/// take submissions that come through a proxy, unless the settings say twice that this is meant.
/// </summary>
internal static class OpenAccess
{
    /// <summary>Why the server does not start.</summary>
    public const string Message =
        "Coos:Access:Submissions: Open on a public address lets everybody who reaches it submit under any name. "
        + "Set Coos:Access:Submissions to SignedIn; or listen on localhost only; or, if it is meant, set Coos:Access:Submissions to Open and Coos:Access:OpenOnPublicAddress to true";

    /// <summary>Checks each address before it is listened on, wherever it was configured.</summary>
    public static void Guard(KestrelServerOptions kestrel, AccessSettings access) =>
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (access.Submissions == SubmissionAccess.Open && !access.IsOpenToOtherMachines && !IsLoopback(listen.EndPoint))
            {
                throw new StartException(Message);
            }
        });

    /// <summary>Whether a request comes from this very machine, as far as anybody can tell.</summary>
    public static bool IsFromHere(HttpContext context) =>
        (
            context.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host))
        )
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    /// <summary>A Unix socket is where a proxy listens for the world, so only loopback addresses count.</summary>
    private static bool IsLoopback(EndPoint? endPoint) => endPoint is IPEndPoint ip && IPAddress.IsLoopback(ip.Address);
}
