using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Coos.Web.Tests.Support;

/// <summary>Addresses that fail in a way that nobody foresaw; behind all of the server's own handling.</summary>
internal sealed class ThrowingRoute : IStartupFilter
{
    public const string Secret = "the secret of line 17";

    public static void AddTo(IServiceCollection services) => services.AddSingleton<IStartupFilter, ThrowingRoute>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        app.Use((context, others) => context.Request.Path.Value is "/api/throws" or "/throws" ? throw new InvalidOperationException(Secret) : others(context));
    };
}
