namespace Coos.Server.Accounts;

/// <summary>Where a request comes from.</summary>
/// <param name="IsThisMachine">Whether it comes from the machine of the server itself, as far as anybody can tell.</param>
/// <param name="AddressKey">A hash of the client's address, so that addresses are not stored; empty if the address is unknown.</param>
internal sealed record RequestOrigin(bool IsThisMachine, string AddressKey);
