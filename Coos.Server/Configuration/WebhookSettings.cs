using System.Net;

namespace Coos.Server.Configuration;

/// <summary>Where webhooks may go besides the public internet.</summary>
/// <param name="AllowsLoopback">Whether they may go to this machine, and without encryption: for development.</param>
/// <param name="PrivateNetworks">The networks that the organiser allows, by HTTPS as everywhere.</param>
internal sealed record WebhookSettings(bool AllowsLoopback, IReadOnlyList<IPNetwork> PrivateNetworks);
