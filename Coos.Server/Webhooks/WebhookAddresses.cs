using System.Net;
using System.Net.Sockets;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Server.Webhooks;

/// <summary>
/// Restricts the addresses that webhooks may be sent to. Otherwise a webhook could reach what only the server can reach:
/// services on the same machine, its network, the credentials endpoint of a cloud. The check applies to the resolved IP
/// address at connection time and not to the name, which may resolve differently a second later.
/// </summary>
internal sealed class WebhookAddresses(CoosSettings settings)
{
    /// <summary>
    /// Networks outside the public internet: those in IANA's special-purpose registries, and IPv6 networks that embed IPv4
    /// addresses.
    /// </summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether this server may connect to an address.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return settings.Webhooks.PrivateNetworks.Any(n => n.Contains(plain))
            || (settings.Webhooks.AllowsLoopback && IPAddress.IsLoopback(plain))
            || !NotPublic.Any(n => n.Contains(plain));
    }

    /// <summary>Checks a URL that was entered.</summary>
    /// <returns>The URL, or the refusal of the field <c>url</c>.</returns>
    public Result<Uri> Check(string text)
    {
        if (text.Length > Webhook.UrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return Invalid(
                $"\"{text.Shorten()}\" is not a valid URL; enter one such as https://ci.example.org/coos, "
                    + $"with at most {Webhook.UrlLength} characters"
            );
        }

        var isLocal = address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && settings.Webhooks.AllowsLoopback;
        return address switch
        {
            _ when address.Scheme != Uri.UriSchemeHttps && !isLocal => Invalid(
                $"{text.Shorten()} does not start with https://; messages are only sent encrypted"
            ),
            { UserInfo.Length: > 0 } => Invalid("the URL contains a user name or password; remove it, because messages are signed instead"),
            { Fragment.Length: > 0 } => Invalid("the URL has a fragment after #, which is never sent; remove it"),
            _ when IPAddress.TryParse(address.DnsSafeHost, out var literal) && !Allows(literal) => Invalid(
                DescribeNotPublic(address.DnsSafeHost)
            ),
            _ when address.IsLoopback && !settings.Webhooks.AllowsLoopback => Invalid(DescribeNotPublic(address.DnsSafeHost)),
            _ => address,
        };
    }

    private static Refusal Invalid(string message) => Refusal.BadFields(new FieldProblem("url", "bad-url", message));

    /// <summary>Connects to an allowed address of the host.</summary>
    /// <exception cref="WebhookException">The host has no allowed address.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await ResolveAsync(target.Host, cancellation);
        IPAddress[] allowed = [.. found.Where(Allows)];
        if (allowed.Length == 0)
        {
            throw new WebhookException(DescribeNotPublic(target.Host));
        }

        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>
    /// Resolves a host name on its own thread. On Linux the asynchronous call blocks a thread of the pool, so name servers
    /// that do not respond would take threads from requests and evaluations.
    /// </summary>
    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        Task
            .Factory.StartNew(() => Dns.GetHostAddresses(host), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellation);

    private static string DescribeNotPublic(string host) =>
        $"{host.Shorten()} is not on the public internet; to allow it, the operator must add its network to Coos:Webhooks:PrivateNetworks";
}
