using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Server;
using Coos.Testing;

namespace Coos.Measurements.Load;

/// <summary><c>accept</c>: load-tests the server with concurrent submitters of COOS-size submissions.</summary>
internal static class AcceptCommand
{
    private const int MaxLogged = 60;
    private const double MinRate = 40;
    private const double MaxMilliseconds = 1000;
    private static readonly (string Name, int Images)[] Splits =
    [
        ("test1", 10_364),
        ("test2", 17_021),
        ("test3", 32_596),
        ("test4", 30_772),
    ];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var submitters = new Option<int>("--submitters")
        {
            Description = "The number of concurrent submitters",
            DefaultValueFactory = _ => 200,
        };
        var seconds = new Option<int>("--seconds") { Description = "The duration; 5 is a short check", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--rate")
        {
            Description = "Total submissions per second; 0: each submitter sends as soon as it has its response",
            DefaultValueFactory = _ => 45,
        };
        var postgres = new Option<bool>("--postgres")
        {
            Description = "Use a private PostgreSQL, with one web and two evaluator processes",
        };
        var command = new Command(
            "accept",
            "Measure accepted and scored submissions per second, with four files of COOS-7's test sizes each, and the response time"
        )
        {
            web,
            submitters,
            seconds,
            rate,
            postgres,
        };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(
                    result.GetValue(web)!,
                    result.GetValue(submitters),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    result.GetValue(rate),
                    result.GetValue(postgres),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string web,
        int count,
        TimeSpan time,
        double rate,
        bool isPostgres,
        CancellationToken cancellation
    )
    {
        using var benchmark = new ServerBenchmark(Splits);
        await using var postgres = isPostgres ? await PrivatePostgres.StartAsync(durable: true) : null;
        var options = new ServerOptions(web, benchmark.Path)
        {
            ConnectionString = postgres is null ? null : await postgres.CreateDatabaseAsync(),
        };
        using var server = await ServerUnderTest.StartAsync(options with { Roles = isPostgres ? "web" : "web,evaluator" });
        using var first = isPostgres ? await ServerUnderTest.StartAsync(options with { Roles = "evaluator" }) : null;
        using var second = isPostgres ? await ServerUnderTest.StartAsync(options with { Roles = "evaluator" }) : null;
        var submitters = new Submitters(server.Client, new SubmissionTemplate(Splits), count);
        await submitters.RunAsync(TimeSpan.FromSeconds(3), 10, cancellation);

        var load = File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellation)).Split(' ')[0] : "unknown";
        ServerUnderTest[] servers = [.. new[] { server, first, second }.OfType<ServerUnderTest>()];
        var spentBefore = servers.Sum(s => s.ProcessorTime.TotalMilliseconds);
        var result = await submitters.RunAsync(time, rate, cancellation);
        var unscored = await SubmissionPoller.WaitUntilScoredAsync(server.Client, result.Accepted, TimeSpan.FromSeconds(30));
        var spent = (servers.Sum(s => s.ProcessorTime.TotalMilliseconds) - spentBefore) / Math.Max(1, result.Accepted.Count);
        var locked = servers.SelectMany(s => s.Log).Count(l => l.Contains("locked", StringComparison.OrdinalIgnoreCase));

        var achieved = result.Accepted.Count / time.TotalSeconds;
        var quantiles = result.Quantiles(0.95, TimeSpan.FromSeconds(10));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(isPostgres ? "PostgreSQL, one web and two evaluator processes" : "SQLite, one process")}; {count} "
                    + $"submitters, {time.TotalSeconds:0} s, offered {(rate > 0 ? $"{rate:0.#}/s" : "without a pause")}; "
                    + $"load of the machine before: {load} on {Environment.ProcessorCount} processors"
            )
        );
        Console.WriteLine(result);
        Console.WriteLine(
            $"p95 of each ten seconds: {string.Join(", ", quantiles.Select(t => t.ToString("0", CultureInfo.InvariantCulture)))} ms"
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"accepted {result.Accepted.Count}, scored {result.Accepted.Count - unscored.Count}; "
                    + $"\"locked\" in the log: {locked}; processor time of the server: {spent:0.0} ms per submission"
            )
        );
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"accept: {achieved:0.0} per second, p95 {result.Quantile(0.95):0} ms")
        );
        foreach (var line in result.Broken == 0 && unscored.Count == 0 ? [] : servers.SelectMany(s => s.Log.Take(MaxLogged)))
        {
            Console.WriteLine($"  log: {line}");
        }

        var isGood = (rate > 0 && rate < MinRate) || achieved >= MinRate;
        return isGood && (rate <= 0 || result.Quantile(0.95) < MaxMilliseconds) && result.Broken == 0 && unscored.Count == 0 && locked == 0
            ? 0
            : 1;
    }
}
