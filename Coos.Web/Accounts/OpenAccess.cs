using System.Net;
using Coos.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Coos.Web.Accounts;

/// <summary>
/// Restricts a server that accepts submissions without an account to its own machine. It does not listen on other addresses
/// and rejects submissions that come through a proxy, unless a second setting confirms that public access is intended.
/// </summary>
internal static class OpenAccess
{
    /// <summary>The error message when the server does not start.</summary>
    public const string Message =
        "Coos:Access:Submissions: Open on a public address lets anyone who can reach the server submit under any name. "
        + "Set Coos:Access:Submissions to SignedIn; or listen on localhost only; or, to allow this, "
        + "set Coos:Access:Submissions to Open and Coos:Access:OpenOnPublicAddress to true";

    /// <summary>Checks each address before the server listens on it, wherever it was configured.</summary>
    public static void Guard(KestrelServerOptions kestrel, AccessSettings access) =>
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (access.Submissions == SubmissionAccess.Open && !access.IsOpenToOtherMachines && !IsLoopback(listen.EndPoint))
            {
                throw new StartException(Message);
            }
        });

    /// <summary>
    /// Whether a request comes from this machine: its client's address is loopback, as far as it was forwarded by a proxy of
    /// <c>Coos:Proxies</c>; its host is a loopback name, which stops DNS rebinding; and no other proxy forwarded it.
    /// </summary>
    public static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } client
        && IPAddress.IsLoopback(client)
        && (
            context.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host))
        )
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    /// <summary>Only loopback IP addresses count: a Unix socket usually serves a public proxy.</summary>
    private static bool IsLoopback(EndPoint? endPoint) => endPoint is IPEndPoint ip && IPAddress.IsLoopback(ip.Address);
}
