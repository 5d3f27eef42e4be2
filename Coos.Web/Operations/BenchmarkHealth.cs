using Coos.Server.Benchmarks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coos.Web.Operations;

/// <summary>
/// Reports the server as degraded while a benchmark folder is left out or a label file cannot be read. The server works, so this is not
/// unhealthy: a load balancer that took it out would take down the other benchmarks too. Anyone may read the response, so it contains no
/// paths and no contents of files.
/// </summary>
internal sealed class BenchmarkHealth(BenchmarkCatalog catalog, LabelProblems labels) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            Describe() is { Length: > 0 } problems
                ? HealthCheckResult.Degraded($"{problems} Organisers see the reasons at /organise/benchmarks.")
                : HealthCheckResult.Healthy()
        );

    /// <summary>Writes the state, and what degrades it.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        var details =
            report.Status == HealthStatus.Degraded ? report.Entries.Values.Select(e => e.Description).Where(d => d is not null) : [];
        return context.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. details]));
    }

    private string Describe()
    {
        var folders = catalog.Problems.Count switch
        {
            0 => "",
            1 => "1 benchmark folder is left out.",
            var count => $"{count} benchmark folders are left out.",
        };
        var files = labels.Splits.Select(s => $"{s.Benchmark}/{s.Split}").ToList() switch
        {
            [] => "",
            [var one] => $"The label file of {one} cannot be read.",
            [.. var others, var last] => $"The label files of {string.Join(", ", others)} and {last} cannot be read.",
        };
        return $"{folders} {files}".Trim();
    }
}
