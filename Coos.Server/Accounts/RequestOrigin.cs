namespace Coos.Server.Accounts;

/// <summary>Where a request comes from.</summary>
/// <param name="IsThisMachine">Whether it comes from the machine of the server itself, as far as anybody can tell.</param>
internal sealed record RequestOrigin(bool IsThisMachine);
