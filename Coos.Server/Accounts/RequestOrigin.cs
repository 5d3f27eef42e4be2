namespace Coos.Server.Accounts;

/// <summary>The origin of a request.</summary>
/// <param name="IsThisMachine">Whether the request comes from the server's own machine, as far as this can be determined.</param>
/// <param name="AddressKey">A hash of the client's address, so that addresses are not stored; empty if the address is unknown.</param>
/// <param name="Network">The network around the client's address, /24 for IPv4 and /48 for IPv6; null if the address is unknown.</param>
internal sealed record RequestOrigin(bool IsThisMachine, string AddressKey, string? Network);
