using Coos.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Coos.Web.Operations.Security;

/// <summary>Takes the client's address and scheme from the reverse proxies that are named in <c>Coos:Proxies</c>, and from nobody else.</summary>
internal static class Proxies
{
    /// <summary>Adds the setting.</summary>
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
