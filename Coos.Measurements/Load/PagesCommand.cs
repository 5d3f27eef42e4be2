using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary><c>pages</c>: measures leaderboard pages per second with wrk, from the output cache and rendered per request.</summary>
internal static class PagesCommand
{
    private const string Page = "benchmarks/coos-7";
    private const double MinCachedRate = 5000;
    private const double MinRenderedRate = 400;
    private const double MaxMilliseconds = 100;
    private static readonly (string Name, int Images)[] Splits = [("test1", 60)];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var seconds = new Option<int>("--seconds") { Description = "The duration of each measurement", DefaultValueFactory = _ => 10 };
        var command = new Command(
            "pages",
            "Measure a leaderboard's pages per second with wrk, cached and uncached, on the same cores as the server"
        )
        {
            web,
            seconds,
        };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(web)!, result.GetValue(seconds), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string web, int seconds, CancellationToken cancellation)
    {
        if (WrkRun.Find() is not { } wrk)
        {
            Console.WriteLine("pages: skipped because wrk is not installed; install the package wrk and run this again");
            return 0;
        }

        using var benchmark = new ServerBenchmark(Splits);
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var address = new Uri(server.Client.BaseAddress!, Page);

        // Warm up: code that runs often is recompiled with optimisations, so the first seconds are not representative.
        const int WarmUpSeconds = 5;
        await WrkRun.MeasureAsync(wrk, address, connections: 8, WarmUpSeconds, isCached: true, cancellation);
        var cached = await WrkRun.MeasureAsync(wrk, address, connections: 32, seconds, isCached: true, cancellation);
        await WrkRun.MeasureAsync(wrk, address, connections: 8, WarmUpSeconds, isCached: false, cancellation);
        var rendered = await WrkRun.MeasureAsync(wrk, address, connections: 8, seconds, isCached: false, cancellation);
        Console.WriteLine($"cached, 32 connections: {cached}");
        Console.WriteLine($"rendered, 8 connections: {rendered}");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"pages: {cached.PerSecond:0} cached pages/s (p99 {cached.P99Milliseconds:0.0} ms), {rendered.PerSecond:0} "
                    + $"rendered pages/s (p99 {rendered.P99Milliseconds:0.0} ms) on {Environment.ProcessorCount} cores"
            )
        );
        return cached.IsWithin(MinCachedRate, MaxMilliseconds) && rendered.IsWithin(MinRenderedRate, MaxMilliseconds) ? 0 : 1;
    }
}
