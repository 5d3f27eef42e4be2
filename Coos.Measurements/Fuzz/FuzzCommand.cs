using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coos.Measurements.Server;

namespace Coos.Measurements.Fuzz;

/// <summary><c>fuzz</c>: requests that are almost right, by the hundred thousand.</summary>
internal static class FuzzCommand
{
    private const int Images = 40;
    private const int AtOnce = 4;
    private const double Mebibyte = 1 << 20;
    private const int MostShown = 20;
    private const int MostLogged = 60;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    /// <summary>Memory may grow by this much between the first fifth and the end: what the runtime keeps, and no leak.</summary>
    private const double AllowedGrowth = 1.25;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.DefaultDll(),
        };
        var requests = new Option<int>("--requests")
        {
            Description = "How many; 2000 is a short check",
            DefaultValueFactory = _ => 100_000,
        };
        var seed = new Option<int>("--seed") { Description = "What they are drawn from", DefaultValueFactory = _ => 1 };
        var first = new Option<int>("--first")
        {
            Description = "The number of the first one, to send a failed one again",
            DefaultValueFactory = _ => 0,
        };
        var command = new Command(
            "fuzz",
            "Sends damaged uploads, forms, JSON bodies and addresses; none may be answered 5xx, take a second, or cost memory for good"
        )
        {
            web,
            requests,
            seed,
            first,
        };
        command.SetAction(
            (result, cancellation) =>
                RunAsync(result.GetValue(web)!, result.GetValue(requests), result.GetValue(seed), result.GetValue(first), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, int requests, int seed, int first, CancellationToken cancellation)
    {
        using var benchmark = new ServerBenchmark(("test1", Images));
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var source = new FuzzRequests(seed, Images, await SubmitAsync(server, benchmark));
        var problems = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var longest = TimeSpan.Zero;
        var memory = new List<long>();
        var batch = Math.Max(1, requests / 10);
        for (var done = 0; done < requests; done += batch)
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(first + done, Math.Min(batch, requests - done)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (number, token) =>
                {
                    var (status, elapsed, text) = await SendAsync(server.Client, source, number, token);
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    longest = elapsed > longest ? elapsed : longest;
                    if (status is 0 or >= 500 || elapsed > Hang)
                    {
                        problems.Enqueue(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"request {number}: {status} after {elapsed.TotalMilliseconds:0} ms: {text}"
                            )
                        );
                    }
                }
            );
            memory.Add(server.WorkingSet);
        }

        foreach (var problem in problems.Take(MostShown))
        {
            Console.WriteLine(problem);
        }

        // What the server logs of them: warnings and errors, with where they come from.
        foreach (var line in server.Log.Take(problems.IsEmpty ? 0 : MostLogged))
        {
            Console.WriteLine($"  log: {line}");
        }

        Console.WriteLine($"answers {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}");
        Console.WriteLine(
            "working set after each tenth: "
                + $"{string.Join(", ", memory.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m / Mebibyte:0}")))} MiB"
        );
        var growth = memory[^1] / (double)memory[Math.Min(1, memory.Count - 1)];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fuzz: {requests} requests, {problems.Count} problems, longest {longest.TotalMilliseconds:0} ms, "
                    + $"memory x {growth:0.00} from the second tenth to the last"
            )
        );
        return problems.IsEmpty && growth < AllowedGrowth ? 0 : 1;
    }

    private static async Task<(int Status, TimeSpan Elapsed, string Text)> SendAsync(
        HttpClient client,
        FuzzRequests source,
        int number,
        CancellationToken cancellation
    )
    {
        using var request = source.Create(number);
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return ((int)answer.StatusCode, Stopwatch.GetElapsedTime(start), text[..Math.Min(200, text.Length)]);
        }
        catch (HttpRequestException e)
        {
            return (0, Stopwatch.GetElapsedTime(start), e.Message);
        }
    }

    private static async Task<Guid> SubmitAsync(ServerUnderTest server, ServerBenchmark benchmark)
    {
        using var form = benchmark.Submission("valid");
        using var answer = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), form);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.GetProperty("id").GetGuid();
    }
}
