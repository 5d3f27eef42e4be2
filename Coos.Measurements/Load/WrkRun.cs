using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Coos.Measurements.Load;

/// <summary>A measurement by wrk.</summary>
/// <param name="PerSecond">Responses per second.</param>
/// <param name="P99Milliseconds">The 99th percentile of the response time.</param>
/// <param name="Errors">Unsuccessful responses and failed connections.</param>
internal sealed partial record WrkRun(double PerSecond, double P99Milliseconds, int Errors)
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    /// <summary>Finds the wrk program; null if it is not installed.</summary>
    public static string? Find() => Folders.Select(f => Path.Combine(f, "wrk")).FirstOrDefault(File.Exists);

    /// <summary>Whether the result is within the limits and has no errors.</summary>
    public bool IsWithin(double perSecond, double milliseconds) => PerSecond >= perSecond && P99Milliseconds < milliseconds && Errors == 0;

    /// <summary>Requests a page repeatedly.</summary>
    /// <param name="wrk">The program.</param>
    /// <param name="address">The page.</param>
    /// <param name="connections">The number of concurrent connections.</param>
    /// <param name="seconds">The duration.</param>
    /// <param name="isCached">Whether to request the cached page, as an anonymous reader; otherwise a cookie bypasses the cache.</param>
    /// <param name="cancellation">Cancels the run.</param>
    public static async Task<WrkRun> MeasureAsync(
        string wrk,
        Uri address,
        int connections,
        int seconds,
        bool isCached,
        CancellationToken cancellation
    )
    {
        string[] arguments =
        [
            "-t",
            "1",
            "-c",
            Text(connections),
            "-d",
            $"{seconds}s",
            "--latency",
            .. isCached ? Array.Empty<string>() : ["-H", "Cookie: coos=measured"],
            address.ToString(),
        ];
        using var process = Process.Start(new ProcessStartInfo(wrk, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return Read(output);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0} per second, p99 {P99Milliseconds:0.0} ms, {Errors} errors");

    private static WrkRun Read(string output)
    {
        if (Rate().Match(output) is not { Success: true } rate || Slowest().Match(output) is not { Success: true } slowest)
        {
            throw new InvalidOperationException($"The output of wrk has no rate or no 99th percentile:\n{output}");
        }

        var factor = slowest.Groups["unit"].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            "s" => 1000,
            _ => 60_000.0,
        };
        var errors = Failures().Matches(output).Sum(m => Number(m.Groups["count"].Value));
        return new WrkRun(Number(rate.Groups["rate"].Value), factor * Number(slowest.Groups["time"].Value), (int)errors);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<time>[\d.]+)(?<unit>us|ms|s|m)")]
    private static partial Regex Slowest();

    [GeneratedRegex(@"(?:Non-2xx or 3xx responses:|connect|read|write|timeout)\s+(?<count>\d+)")]
    private static partial Regex Failures();
}
