using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Coos.Web.Tests.Support;

/// <summary>
/// The log of all servers of the tests; it shows only what no test provokes. Hangfire keeps the log of the server that
/// started last in a static, and fails once that is disposed of while other servers still run: this one outlives them all.
/// </summary>
internal static class TestLog
{
    private static readonly ILoggerFactory Factory = LoggerFactory.Create(log => log.AddConsole().SetMinimumLevel(LogLevel.Critical));

    public static IServiceCollection Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(Factory));
}
