using System.Net;
using System.Net.Sockets;

namespace Coos.Web.Accounts;

/// <summary>
/// Whom a limit by address counts as one sender. Of IPv6 that is a network of 64 bits: it is what one connection is given
/// at least, and its owner may send each request from another of its addresses (RFC 6177, RFC 7934).
/// </summary>
internal static class SenderNetwork
{
    private const int NetworkBytes = 8;

    /// <summary>The sender of an address: of IPv4, also written as IPv6, the address itself, of IPv6 its network.</summary>
    /// <param name="address">The address; null where a connection has none.</param>
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
