using System.Net;
using Coos.Web.Accounts;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>The network that counts as one sender in rate limits.</summary>
public sealed class SenderNetworkTests
{
    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8::", "2001:db8::/64")]
    [InlineData("fe80::1%7", "fe80::/64")]
    [InlineData("::1", "::/64")]
    [InlineData(null, "unknown")]
    public void IPv4_is_counted_by_address_and_IPv6_by_network(string? address, string sender) =>
        Assert.Equal(sender, SenderNetwork.Of(address is null ? null : IPAddress.Parse(address)));

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.0/24")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData(null, "unknown")]
    public void The_network_around_a_sender_is_larger(string? address, string network) =>
        Assert.Equal(network, SenderNetwork.WideOf(address is null ? null : IPAddress.Parse(address)));
}
