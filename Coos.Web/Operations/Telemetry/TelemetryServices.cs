using System.Diagnostics;
using System.Net;
using Coos.Server.Configuration;
using Coos.Server.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Coos.Web.Operations.Telemetry;

/// <summary>
/// Exports metrics for Prometheus at <c>/metrics</c>, and metrics, traces and logs to <c>Coos:Telemetry:OtlpEndpoint</c>
/// if it is set.
/// </summary>
internal static class TelemetryServices
{
    private const string Path = "/metrics";

    /// <summary>Adds the meters, traces and exporters.</summary>
    public static IServiceCollection AddCoosTelemetry(this IServiceCollection services, CoosSettings settings)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService("coos", serviceVersion: typeof(CoosServer).Assembly.GetName().Version?.ToString(3))
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(CoosMetrics.Name, "Npgsql")
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter()
            );
        if (settings.OtlpEndpoint is { } endpoint)
        {
            telemetry
                .WithTracing(traces =>
                    traces
                        .AddSource("Npgsql")
                        .AddAspNetCoreInstrumentation(options =>
                            options.EnrichWithHttpResponse = (activity, _) => RemovePersonalData(activity)
                        )
                )
                .WithLogging(configureBuilder: null, configureOptions: logs => logs.IncludeFormattedMessage = true)
                .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, endpoint);
        }

        return services;
    }

    /// <summary>Maps the metrics endpoint for Prometheus. Only this machine can read it, unless the setting allows anyone.</summary>
    public static void MapCoosMetrics(this WebApplication app, CoosSettings settings)
    {
        // Creates the metrics now. Otherwise the gauges would be missing until the first submission.
        app.Services.GetRequiredService<CoosMetrics>();
        app.MapPrometheusScrapingEndpoint(Path)
            .Add(endpoint =>
            {
                var export = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => IsAllowed(context, settings) ? export(context) : RejectAsync(context);
            });
    }

    private static bool IsAllowed(HttpContext context, CoosSettings settings) =>
        settings.MetricsAccess == MetricsAccess.Anyone || IsLocal(context.Connection.RemoteIpAddress);

    private static Task RejectAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "Metrics can only be read from this machine. To allow anyone, set Coos:Metrics:Access to Anyone.",
            context.RequestAborted
        );
    }

    private static bool IsLocal(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    /// <summary>Removes personal data from traces.</summary>
    private static void RemovePersonalData(Activity activity)
    {
        foreach (var tag in new[] { "client.address", "network.peer.address", "user_agent.original", "url.query" })
        {
            activity.SetTag(tag, null);
        }
    }
}
