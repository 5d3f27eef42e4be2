using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coos.Measurements.Server;

namespace Coos.Measurements.Fuzz;

/// <summary><c>fuzz</c>: sends hundreds of thousands of slightly damaged requests to the server.</summary>
internal static class FuzzCommand
{
    private const int Images = 40;
    private const int Concurrency = 4;
    private const double Mebibyte = 1 << 20;
    private const int MaxShown = 20;
    private const int MaxLogged = 60;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(1);

    /// <summary>The allowed factor of memory growth from the second tenth to the end, which the runtime may keep without a leak.</summary>
    private const double MaxGrowth = 1.25;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var requests = new Option<int>("--requests")
        {
            Description = "The number of requests; 2000 is a short check",
            DefaultValueFactory = _ => 100_000,
        };
        var seed = new Option<int>("--seed") { Description = "The random seed", DefaultValueFactory = _ => 1 };
        var first = new Option<int>("--first")
        {
            Description = "The number of the first request, to repeat a failed one",
            DefaultValueFactory = _ => 0,
        };
        var command = new Command(
            "fuzz",
            "Send damaged uploads, forms, JSON bodies and URLs; fails if a response is 5xx or takes more than a second, or if memory leaks"
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
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                async (number, token) =>
                {
                    var (status, elapsed, text) = await SendAsync(server.Client, source, number, token);
                    statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                    longest = elapsed > longest ? elapsed : longest;
                    if (status is 0 or >= 500 || elapsed > MaxDuration)
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

        foreach (var problem in problems.Take(MaxShown))
        {
            Console.WriteLine(problem);
        }

        // The server's log of warnings and errors, with their sources.
        foreach (var line in server.Log.Take(problems.IsEmpty ? 0 : MaxLogged))
        {
            Console.WriteLine($"  log: {line}");
        }

        Console.WriteLine($"responses {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}");
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
        return problems.IsEmpty && growth < MaxGrowth ? 0 : 1;
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
            using var response = await client.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return ((int)response.StatusCode, Stopwatch.GetElapsedTime(start), text[..Math.Min(200, text.Length)]);
        }
        catch (HttpRequestException e)
        {
            return (0, Stopwatch.GetElapsedTime(start), e.Message);
        }
    }

    private static async Task<Guid> SubmitAsync(ServerUnderTest server, ServerBenchmark benchmark)
    {
        using var form = benchmark.CreateSubmission("valid");
        using var response = await server.Client.PostAsync(new Uri("api/submissions", UriKind.Relative), form);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.GetProperty("id").GetGuid();
    }
}
