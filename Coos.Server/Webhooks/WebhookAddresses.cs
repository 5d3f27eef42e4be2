using System.Net;
using System.Net.Sockets;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Shared.Text;

namespace Coos.Server.Webhooks;

/// <summary>
/// Where webhooks may go. A server that sends wherever it is told could be made to ask what only it can reach: the
/// machine's own services, its neighbours, the address where clouds hand out credentials. So the address that is
/// connected to is judged, after its name was looked up, and not the name, which may lead elsewhere a second later.
/// </summary>
internal sealed class WebhookAddresses(CoosSettings settings)
{
    /// <summary>What is not of the public internet: IANA's special-purpose registries, and what carries an IPv4 address within.</summary>
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

    /// <summary>Checks an address that somebody gave.</summary>
    /// <returns>The address, or what is wrong with it.</returns>
    public (Uri? Address, string? Problem) Check(string text)
    {
        if (text.Length > Webhook.UrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return (
                null,
                $"\"{text.Shorten()}\" is not a valid URL; enter one such as https://ci.example.org/coos, "
                    + $"with at most {Webhook.UrlLength} characters"
            );
        }

        var isLocal = address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && settings.Webhooks.AllowsLoopback;
        return address switch
        {
            _ when address.Scheme != Uri.UriSchemeHttps && !isLocal => (
                null,
                $"{text.Shorten()} does not start with https://; messages are sent encrypted only"
            ),
            { UserInfo.Length: > 0 } => (null, "the address has a user name or password in it; leave it out: messages are signed"),
            { Fragment.Length: > 0 } => (null, "the address has a part after #, which is never sent; leave it out"),
            _ when IPAddress.TryParse(address.DnsSafeHost, out var literal) && !Allows(literal) => (
                null,
                NotPublicProblem(address.DnsSafeHost)
            ),
            _ when address.IsLoopback && !settings.Webhooks.AllowsLoopback => (null, NotPublicProblem(address.DnsSafeHost)),
            _ => (address, null),
        };
    }

    /// <summary>Connects, to an address that is allowed and to no other.</summary>
    /// <exception cref="WebhookException">The name leads to none.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await LookUpAsync(target.Host, cancellation);
        IPAddress[] allowed = [.. found.Where(Allows)];
        if (allowed.Length == 0)
        {
            throw new WebhookException(NotPublicProblem(target.Host));
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
    /// Looks a name up on a thread of its own. The asynchronous call lets one of the pool wait on Linux; names whose servers
    /// keep silent would take those from requests and evaluations.
    /// </summary>
    private static Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation) =>
        Task
            .Factory.StartNew(() => Dns.GetHostAddresses(host), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellation);

    private static string NotPublicProblem(string host) =>
        $"{host.Shorten()} is not on the public internet; this server sends there only where its organiser names the network in Coos:Webhooks:PrivateNetworks";
}
