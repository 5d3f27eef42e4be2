using System.Net;
using System.Net.Sockets;

namespace Coos.Web.Accounts;

/// <summary>
/// The address range that a rate limit counts as one sender. For IPv6 this is a /64 network: an IPv6 connection gets at
/// least that much, and its owner can use a new address for each request (RFC 6177, RFC 7934).
/// </summary>
internal static class SenderNetwork
{
    private const int Ipv6Bits = 64;
    private const int WideIpv4Bits = 24;
    private const int WideIpv6Bits = 48;

    /// <summary>The sender of an address: the address itself for IPv4 (also IPv4-mapped IPv6), the /64 network for IPv6.</summary>
    /// <param name="address">The address; null if the connection has none.</param>
    public static string Of(IPAddress? address) =>
        Simplify(address) is { AddressFamily: AddressFamily.InterNetworkV6 } v6
            ? NetworkOf(v6, Ipv6Bits)
            : Simplify(address)?.ToString() ?? "unknown";

    /// <summary>The larger network that one owner may control: /24 for IPv4 (also IPv4-mapped IPv6), /48 for IPv6.</summary>
    /// <param name="address">The address; null if the connection has none.</param>
    public static string WideOf(IPAddress? address) =>
        Simplify(address) is { } simple
            ? NetworkOf(simple, simple.AddressFamily == AddressFamily.InterNetworkV6 ? WideIpv6Bits : WideIpv4Bits)
            : "unknown";

    private static IPAddress? Simplify(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string NetworkOf(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
