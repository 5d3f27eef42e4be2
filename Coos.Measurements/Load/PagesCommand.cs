using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary><c>pages</c>: leaderboard pages a second under wrk, from the output cache and rendered for each reader.</summary>
internal static class PagesCommand
{
    private const string Page = "benchmarks/coos-7";
    private const double LeastCached = 5000;
    private const double LeastRendered = 400;
    private const double AllowedMilliseconds = 100;
    private static readonly (string Name, int Images)[] Splits = [("test1", 60)];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.DefaultDll(),
        };
        var seconds = new Option<int>("--seconds") { Description = "How long each is measured", DefaultValueFactory = _ => 10 };
        var command = new Command(
            "pages",
            "Pages a second of a leaderboard under wrk, cached and not, on the cores that the server has too"
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
            Console.WriteLine("pages: skipped, for wrk is not installed; install the package wrk and run it again");
            return 0;
        }

        using var benchmark = new ServerBenchmark(Splits);
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var address = new Uri(server.Client.BaseAddress!, Page);

        // Code is compiled better while it is hot; the first seconds are not what a server does all day.
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
        return cached.IsWithin(LeastCached, AllowedMilliseconds) && rendered.IsWithin(LeastRendered, AllowedMilliseconds) ? 0 : 1;
    }
}
