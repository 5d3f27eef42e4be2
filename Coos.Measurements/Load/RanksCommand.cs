using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coos.Measurements.Server;

namespace Coos.Measurements.Load;

/// <summary>
/// <c>ranks</c>: measures how soon a new entry of a full board has its rank interval, which depends on all pairs of the
/// board, and whether these tests delay other submissions.
/// </summary>
internal static class RanksCommand
{
    private static readonly (string Name, int Images)[] Splits =
    [
        ("test1", 10_364),
        ("test2", 17_021),
        ("test3", 32_596),
        ("test4", 30_772),
    ];
    private static readonly Uri Post = new("api/submissions", UriKind.Relative);
    private static readonly Uri Board = new($"api/benchmarks/{ServerBenchmark.Slug}/leaderboard?pageSize=1", UriKind.Relative);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReadInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var web = new Option<string>("--web")
        {
            Description = "The built Coos.Web.dll",
            DefaultValueFactory = _ => ServerUnderTest.GetDefaultDll(),
        };
        var entries = new Option<int>("--entries")
        {
            Description = "The final number of entries on the board; at most 1,000 are tested",
            DefaultValueFactory = _ => 1000,
        };
        var rounds = new Option<int>("--rounds") { Description = "The number of submissions to measure", DefaultValueFactory = _ => 20 };
        var command = new Command(
            "ranks",
            "Measure the time from a submission's response to the rank intervals of the whole board, "
                + "and the response time while the board is read and tested"
        )
        {
            web,
            entries,
            rounds,
        };
        command.SetAction(
            (result, cancellation) => RunAsync(result.GetValue(web)!, result.GetValue(entries), result.GetValue(rounds), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(string web, int entries, int rounds, CancellationToken cancellation)
    {
        using var benchmark = new ServerBenchmark(Splits);
        using var server = await ServerUnderTest.StartAsync(web, benchmark.Path);
        var methods = new MethodVersions(benchmark, Splits.Select(s => s.Name));
        var before = entries - rounds;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, before),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation },
            async (i, _) => await SubmitAsync(server.Client, methods, i)
        );
        var whole = await AwaitRanksAsync(server.Client, before, cancellation);

        var responses = new LoadResult();
        var ranks = new LoadResult();
        var spent = server.ProcessorTime;
        for (var i = before; i < entries; i++)
        {
            responses.Add(201, (await SubmitAsync(server.Client, methods, i)).TotalMilliseconds);
            ranks.Add(200, (await AwaitRanksAsync(server.Client, i + 1, cancellation)).TotalMilliseconds);
        }

        var each = (server.ProcessorTime - spent).TotalMilliseconds / rounds;
        var alone = await SubmitSequentiallyAsync(server.Client, methods, entries, rounds, isRead: false, cancellation);
        var read = await SubmitSequentiallyAsync(server.Client, methods, entries + rounds, rounds, isRead: true, cancellation);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{before} entries at once: rank intervals {whole.TotalMilliseconds:0} ms after the board was requested"
            )
        );
        Console.WriteLine($"one more entry, until its scores: {responses}");
        Console.WriteLine($"... from there until the rank intervals of all: {ranks}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... processor time of the server: {each:0} ms per submission"));
        Console.WriteLine($"sequential submissions, board not read: {alone}");
        Console.WriteLine($"sequential submissions, board read ten times per second and tested continuously: {read}");
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"ranks: {ranks.Quantile(0.5):0} ms, p95 {ranks.Quantile(0.95):0} ms")
        );
        return 0;
    }

    private static async Task<TimeSpan> SubmitAsync(HttpClient client, MethodVersions methods, int number)
    {
        using var form = methods.CreateForm(number);
        var start = Stopwatch.GetTimestamp();
        using var response = await client.PostAsync(Post, form);
        return response.StatusCode == System.Net.HttpStatusCode.Created
            ? Stopwatch.GetElapsedTime(start)
            : throw new InvalidOperationException(
                $"submission {number}: the server responded with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
            );
    }

    /// <summary>Submits sequentially, optionally while the board is read.</summary>
    private static async Task<LoadResult> SubmitSequentiallyAsync(
        HttpClient client,
        MethodVersions methods,
        int first,
        int count,
        bool isRead,
        CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = isRead ? ReadAsync(client, stop.Token) : Task.CompletedTask;
        var result = new LoadResult();
        for (var i = first; i < first + count; i++)
        {
            result.Add(201, (await SubmitAsync(client, methods, i)).TotalMilliseconds);
        }

        await stop.CancelAsync();
        await reading;
        return result;
    }

    private static async Task ReadAsync(HttpClient client, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await client.GetByteArrayAsync(Board, CancellationToken.None);
            await Task.Delay(ReadInterval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Polls the board until its ranks cover the given number of entries.</summary>
    private static async Task<TimeSpan> AwaitRanksAsync(HttpClient client, int entries, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            using var board = JsonDocument.Parse(await client.GetByteArrayAsync(Board, cancellation));
            var ranking = board.RootElement.GetProperty("ranking");
            if (ranking.GetProperty("intervals").GetString() == "ready" && ranking.GetProperty("tested").GetInt32() == entries)
            {
                return Stopwatch.GetElapsedTime(start);
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }
}
