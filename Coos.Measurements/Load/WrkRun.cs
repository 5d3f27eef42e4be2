using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Coos.Measurements.Load;

/// <summary>What wrk measured.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P99Milliseconds">The time within which 99% came.</param>
/// <param name="Errors">Answers that were no success, and connections that failed.</param>
internal sealed partial record WrkRun(double PerSecond, double P99Milliseconds, int Errors)
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    /// <summary>Where wrk is; null where it is not.</summary>
    public static string? Find() => Folders.Select(f => Path.Combine(f, "wrk")).FirstOrDefault(File.Exists);

    /// <summary>Whether it is fast enough, without an error.</summary>
    public bool IsWithin(double perSecond, double milliseconds) => PerSecond >= perSecond && P99Milliseconds < milliseconds && Errors == 0;

    /// <summary>Asks for a page over and over.</summary>
    /// <param name="wrk">The program.</param>
    /// <param name="address">The page.</param>
    /// <param name="connections">How many ask at once.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="isCached">Whether as an anonymous reader, who gets the cached page, or with a cookie, who does not.</param>
    /// <param name="cancellation">Ends it.</param>
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
        string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0} a second, p99 {P99Milliseconds:0.0} ms, {Errors} errors");

    private static WrkRun Read(string output)
    {
        if (Rate().Match(output) is not { Success: true } rate || Slowest().Match(output) is not { Success: true } slowest)
        {
            throw new InvalidOperationException($"wrk said:\n{output}");
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
