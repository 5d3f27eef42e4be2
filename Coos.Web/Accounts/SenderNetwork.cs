using System.Net;
using System.Net.Sockets;

namespace Coos.Web.Accounts;

/// <summary>
/// The address range that a rate limit counts as one sender. For IPv6 this is a /64 network: an IPv6 connection gets at
/// least that much, and its owner can use a new address for each request (RFC 6177, RFC 7934).
/// </summary>
internal static class SenderNetwork
{
    private const int NetworkBytes = 8;

    /// <summary>The sender of an address: the address itself for IPv4 (also IPv4-mapped IPv6), the /64 network for IPv6.</summary>
    /// <param name="address">The address; null if the connection has none.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/{NetworkBytes * 8}";
    }
}
