using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary><c>crash</c>: the server is killed at a random moment under load and started again, over and over.</summary>
internal static class CrashCommand
{
    private const int Submitters = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly (string Name, int Images)[] Splits = [("test1", 300), ("test2", 400), ("test3", 800), ("test4", 700)];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.DefaultDll(),
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often it is killed; 3 is a short check",
            DefaultValueFactory = _ => 50,
        };
        var seed = new Option<int>("--seed") { Description = "What the moments are drawn from", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "crash",
            "Kills the server with SIGKILL under load, "
                + "starts it again and looks whether everything that it answered for is there, once, whole and scored"
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
                await RoundAsync(options, template, round, random, tally, cancellation);
            }

            tally.Problems.AddRange(StoredCheck.Problems(Path.Combine(data.FullName, "coos.db"), Splits.Length));
        }
        finally
        {
            data.Delete(recursive: true);
        }

        if (tally.Answered < rounds)
        {
            tally.Problems.Add(
                $"only {tally.Answered} submissions were answered before the kills; the machine is too busy to tell anything"
            );
        }

        tally.Problems.ForEach(Console.WriteLine);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds} kills, {tally.Answered} submissions answered 201 or 202; "
                    + $"all there and scored {tally.Longest.TotalSeconds:0.0} s after the start at the latest"
            )
        );
        Console.WriteLine($"crash: {tally.Problems.Count} problems");
        return tally.Problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Loads, kills, starts again, looks. Every tenth kill falls into the start itself.</summary>
    private static async Task RoundAsync(
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
            StoredCheck
                .Problems(Path.Combine(options.DataFolder!, "coos.db"), Splits.Length, isWhileDown: true)
                .Select(p => $"round {round}, after the kill: {p}")
        );
        var start = Stopwatch.GetTimestamp();
        using var again = await ServerUnderTest.StartAsync(options);
        var missing = await Scores.AwaitAsync(again.Client, result.Accepted, Patience - Stopwatch.GetElapsedTime(start));
        var elapsed = Stopwatch.GetElapsedTime(start);
        tally.Add(result.Accepted.Count, elapsed, missing.Select(m => $"round {round}: {m}"));
        if (elapsed > Patience)
        {
            tally.Problems.Add(
                string.Create(CultureInfo.InvariantCulture, $"round {round}: looked at {elapsed.TotalSeconds:0.0} s after the start")
            );
        }

        // What was stored and never answered is scored too; then nothing is left over for the check at the end.
        await tally.AwaitQuietAsync(again.Client, round);
    }
}
