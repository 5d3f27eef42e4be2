using System.Diagnostics;
using System.Net;
using Coos.Server.Configuration;
using Coos.Server.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Coos.Web.Operations.Telemetry;

/// <summary>Metrics for Prometheus at <c>/metrics</c>; metrics, traces and logs by OTLP where <c>Coos:Telemetry:OtlpEndpoint</c> says where to.</summary>
internal static class TelemetryServices
{
    private const string Path = "/metrics";

    /// <summary>Adds what is measured and where it goes.</summary>
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
                        .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (activity, _) => ForgetPerson(activity))
                )
                .WithLogging(configureBuilder: null, configureOptions: logs => logs.IncludeFormattedMessage = true)
                .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, endpoint);
        }

        return services;
    }

    /// <summary>Maps the page that Prometheus reads; only this machine may, unless the setting says anyone.</summary>
    public static void MapCoosMetrics(this WebApplication app, CoosSettings settings)
    {
        // Made here, for nothing else asks for it before the first submission, and the gauges are to be there at once.
        app.Services.GetRequiredService<CoosMetrics>();
        app.MapPrometheusScrapingEndpoint(Path);
        app.UseWhen(
            context => context.Request.Path.Equals(Path, StringComparison.Ordinal),
            metrics =>
                metrics.Use(
                    async (context, next) =>
                    {
                        if (settings.MetricsAccess == MetricsAccess.Anyone || IsLocal(context.Connection.RemoteIpAddress))
                        {
                            await next(context);
                            return;
                        }

                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        await context.Response.WriteAsync(
                            "Metrics are for this machine; Coos:Metrics:Access Anyone opens them.",
                            context.RequestAborted
                        );
                    }
                )
        );
    }

    private static bool IsLocal(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    /// <summary>Who it was is nobody's business who looks for slow requests.</summary>
    private static void ForgetPerson(Activity activity)
    {
        foreach (var tag in new[] { "client.address", "network.peer.address", "user_agent.original", "url.query" })
        {
            activity.SetTag(tag, null);
        }
    }
}
