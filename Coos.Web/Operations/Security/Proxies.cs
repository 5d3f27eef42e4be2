using Coos.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Coos.Web.Operations.Security;

/// <summary>Trusts forwarded headers (client address, scheme and host) only from the proxies in <c>Coos:Proxies</c>.</summary>
internal static class Proxies
{
    /// <summary>Configures the forwarded headers.</summary>
    public static IServiceCollection AddCoosProxies(this IServiceCollection services, CoosSettings settings) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                settings.Proxies.Count == 0
                    ? ForwardedHeaders.None
                    : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.Proxies)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
}
