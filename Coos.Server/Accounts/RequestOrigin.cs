namespace Coos.Server.Accounts;

/// <summary>The origin of a request.</summary>
/// <param name="IsThisMachine">Whether the request comes from the server's own machine, as far as this can be determined.</param>
internal sealed record RequestOrigin(bool IsThisMachine);
