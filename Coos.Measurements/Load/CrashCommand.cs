using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary><c>crash</c>: repeatedly kills the server at a random moment under load and restarts it.</summary>
internal static class CrashCommand
{
    private const int Submitters = 8;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly (string Name, int Images)[] Splits = [("test1", 300), ("test2", 400), ("test3", 800), ("test4", 700)];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var rounds = new Option<int>("--rounds") { Description = "The number of kills; 3 is a short check", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "The random seed", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "crash",
            "Kill the server with SIGKILL under load, restart it, "
                + "and check that every accepted submission is stored once, complete and scored"
        )
        {
            web,
            rounds,
            seed,
        };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(result.GetValue(web)!, result.GetValue(rounds), new Random(result.GetValue(seed)), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, int rounds, Random random, CancellationToken cancellation)
    {
        using var benchmark = new ServerBenchmark(Splits);
        var data = Directory.CreateTempSubdirectory("coos-crash-");
        var template = new SubmissionTemplate(Splits);
        var options = new ServerOptions(web, benchmark.Path) { DataFolder = data.FullName };
        var tally = new CrashTally();
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                await RunRoundAsync(options, template, round, random, tally, cancellation);
            }

            tally.Problems.AddRange(DatabaseCheck.FindProblems(Path.Combine(data.FullName, "coos.db"), Splits.Length));
        }
        finally
        {
            data.Delete(recursive: true);
        }

        if (tally.Accepted < rounds)
        {
            tally.Problems.Add(
                $"only {tally.Accepted} submissions were accepted before the kills; the machine is too busy for a valid result"
            );
        }

        tally.Problems.ForEach(Console.WriteLine);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds} kills, {tally.Accepted} submissions accepted with 201 or 202; "
                    + $"all stored and scored at most {tally.Longest.TotalSeconds:0.0} s after the restart"
            )
        );
        Console.WriteLine($"crash: {tally.Problems.Count} problems");
        return tally.Problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Runs one round: load, kill, restart, check. Every tenth round also kills the server during its start.</summary>
    private static async Task RunRoundAsync(
        ServerOptions options,
        SubmissionTemplate template,
        int round,
        Random random,
        CrashTally tally,
        CancellationToken cancellation
    )
    {
        if (round % 10 == 0)
        {
            using var starting = ServerUnderTest.Launch(options);
            await Task.Delay(random.Next(50, 2500), cancellation);
            starting.Kill();
        }

        LoadResult result;
        using (var server = await ServerUnderTest.StartAsync(options))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var load = new Submitters(server.Client, template, Submitters, round * 100_000).RunAsync(TimeSpan.FromMinutes(1), 0, end.Token);
            await Task.Delay(random.Next(100, 4000), cancellation);
            server.Kill();
            await end.CancelAsync();
            result = await load;
        }

        tally.Problems.AddRange(
            DatabaseCheck
                .FindProblems(Path.Combine(options.DataFolder!, "coos.db"), Splits.Length, isWhileDown: true)
                .Select(p => $"round {round}, after the kill: {p}")
        );
        var start = Stopwatch.GetTimestamp();
        using var restarted = await ServerUnderTest.StartAsync(options);
        var remaining = Timeout - Stopwatch.GetElapsedTime(start);
        var missing = await SubmissionPoller.WaitUntilScoredAsync(restarted.Client, result.Accepted, remaining);
        var elapsed = Stopwatch.GetElapsedTime(start);
        tally.Add(result.Accepted.Count, elapsed, missing.Select(m => $"round {round}: {m}"));
        if (elapsed > Timeout)
        {
            tally.Problems.Add(
                string.Create(CultureInfo.InvariantCulture, $"round {round}: checked only {elapsed.TotalSeconds:0.0} s after the start")
            );
        }

        // Submissions that were stored but not answered are scored too, so that none is left for the final check.
        await tally.WaitUntilIdleAsync(restarted.Client, round);
    }
}
