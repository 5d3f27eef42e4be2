using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Server;
using Coos.Testing;

namespace Coos.Measurements.Load;

/// <summary><c>accept</c>: concurrent submitters of COOS-size submissions against the real server.</summary>
internal static class AcceptCommand
{
    private const int MostLogged = 60;
    private const double NeededRate = 40;
    private const double AllowedMilliseconds = 1000;
    private static readonly (string Name, int Images)[] Splits =
    [
        ("test1", 10_364),
        ("test2", 17_021),
        ("test3", 32_596),
        ("test4", 30_772),
    ];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.DefaultDll(),
        };
        var submitters = new Option<int>("--submitters") { Description = "How many submit at once", DefaultValueFactory = _ => 200 };
        var seconds = new Option<int>("--seconds") { Description = "For how long; 5 is a short check", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--rate")
        {
            Description = "Submissions a second of all together; 0: each sends as soon as it has its answer",
            DefaultValueFactory = _ => 45,
        };
        var postgres = new Option<bool>("--postgres") { Description = "On a private PostgreSQL, with one web and two evaluator processes" };
        var command = new Command(
            "accept",
            "Accepted and scored submissions a second, four files of COOS-7's test sizes each, with the time to the answer"
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
        var unscored = await Scores.AwaitAsync(server.Client, result.Accepted, TimeSpan.FromSeconds(30));
        var spent = (servers.Sum(s => s.ProcessorTime.TotalMilliseconds) - spentBefore) / Math.Max(1, result.Accepted.Count);
        var locked = servers.SelectMany(s => s.Log).Count(l => l.Contains("locked", StringComparison.OrdinalIgnoreCase));

        var achieved = result.Accepted.Count / time.TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(isPostgres ? "PostgreSQL, one web and two evaluator processes" : "SQLite, one process")}; {count} "
                    + $"submitters, {time.TotalSeconds:0} s, offered {(rate > 0 ? $"{rate:0.#}/s" : "without a pause")}; load of the machine before: {load} on {Environment.ProcessorCount} processors"
            )
        );
        Console.WriteLine(result);
        Console.WriteLine(
            "p95 of each ten seconds: "
                + $"{string.Join(", ", result.Quantiles(0.95, TimeSpan.FromSeconds(10)).Select(t => t.ToString("0", CultureInfo.InvariantCulture)))} ms"
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"accepted {result.Accepted.Count}, of them scored {result.Accepted.Count - unscored.Count}; "
                    + $"\"locked\" in the log: {locked}; processor time of the server: {spent:0.0} ms a submission"
            )
        );
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"accept: {achieved:0.0} a second, p95 {result.Quantile(0.95):0} ms")
        );
        foreach (var line in result.Broken == 0 && unscored.Count == 0 ? [] : servers.SelectMany(s => s.Log.Take(MostLogged)))
        {
            Console.WriteLine($"  log: {line}");
        }

        var isGood = (rate > 0 && rate < NeededRate) || achieved >= NeededRate;
        return
            isGood && (rate <= 0 || result.Quantile(0.95) < AllowedMilliseconds) && result.Broken == 0 && unscored.Count == 0 && locked == 0
            ? 0
            : 1;
    }
}
