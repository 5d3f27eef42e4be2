using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Coos.Web.Tests.Support;

/// <summary>
/// The log of all test servers, which shows only critical messages because tests cause errors deliberately. Hangfire keeps
/// the log of the last started server in a static field and fails if it is disposed while other servers run, so this log is
/// never disposed.
/// </summary>
internal static class TestLog
{
    private static readonly ILoggerFactory Factory = LoggerFactory.Create(log => log.AddConsole().SetMinimumLevel(LogLevel.Critical));

    /// <summary>
    /// The maximum number of series per instrument. OpenTelemetry reserves 140 kB per instrument for 2000 series, and the timer of
    /// the ASP.NET rate limiter keeps stopped servers in memory, so hundreds of servers in a process would take gigabytes.
    /// </summary>
    private const int Series = 60;

    public static IServiceCollection Use(IServiceCollection services) =>
        services
            .Replace(ServiceDescriptor.Singleton(Factory))
            .ConfigureOpenTelemetryMeterProvider(metrics =>
                metrics.AddView(_ => new MetricStreamConfiguration { CardinalityLimit = Series })
            );
}
