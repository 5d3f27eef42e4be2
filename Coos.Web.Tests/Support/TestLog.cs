using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Coos.Web.Tests.Support;

/// <summary>
/// The log of all servers of the tests; it shows only what no test provokes. Hangfire keeps the log of the server that
/// started last in a static, and fails once that is disposed of while other servers still run: this one outlives them all.
/// </summary>
internal static class TestLog
{
    private static readonly ILoggerFactory Factory = LoggerFactory.Create(log => log.AddConsole().SetMinimumLevel(LogLevel.Critical));

    /// <summary>
    /// OpenTelemetry reserves 140 kB for each instrument of a server, for 2000 series, and ASP.NET's rate limiter keeps a stopped
    /// server in memory by its timer: with hundreds of servers in a process that were gigabytes. A test needs few series.
    /// </summary>
    private const int Series = 60;

    public static IServiceCollection Use(IServiceCollection services) =>
        services
            .Replace(ServiceDescriptor.Singleton(Factory))
            .ConfigureOpenTelemetryMeterProvider(metrics =>
                metrics.AddView(_ => new MetricStreamConfiguration { CardinalityLimit = Series })
            );
}
