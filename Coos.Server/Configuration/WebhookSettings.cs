using System.Net;

namespace Coos.Server.Configuration;

/// <summary>The destinations that webhooks may call besides the public internet.</summary>
/// <param name="AllowsLoopback">Whether webhooks may call this machine, and without HTTPS; for development.</param>
/// <param name="PrivateNetworks">The private networks that the organiser allows. HTTPS is required there too.</param>
internal sealed record WebhookSettings(bool AllowsLoopback, IReadOnlyList<IPNetwork> PrivateNetworks);
